// A button that opens the chat, on a page of yours: one line, <script src=".../button.js"></script>.
// data-label: other words; data-inline: where the line stands; data-frame: in the page, where the chat allows it.
(() => {
  const me = document.currentScript;
  const home = new URL(".", me.src).href;
  const known = {{ words|tojson }};
  const wanted = (me.dataset.lang || document.documentElement.lang || navigator.language).toLowerCase();
  const locale = Object.keys(known).find((one) => wanted.startsWith(one.toLowerCase())) ?? Object.keys(known)[0];
  const words = known[locale];

  function make(tag, given, ...inside) {
    const made = Object.assign(document.createElement(tag), given);
    made.append(...inside);
    return made;
  }

  function panel(link) {
    const frame = make("iframe", { src: home, title: words.frame, referrerPolicy: "no-referrer" });
    const close = make("button", { type: "button", textContent: words.close });
    const box = make("section", { hidden: true, ariaLabel: words.frame }, close, frame);
    const show = (open) => {
      box.hidden = !open;
      link.ariaExpanded = String(open);
      (open ? close : link).focus();
    };
    link.role = "button";
    link.ariaExpanded = "false";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(box.hidden);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") event.preventDefault();
      if (event.key === " ") link.click();
    });
    close.addEventListener("click", () => show(false));
    return box;
  }

  function place() {
    const host = make("aside", { lang: locale, ariaLabel: words.open });
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      a, button { font: 600 17px/1.4 system-ui, sans-serif; border-radius: 26px; cursor: pointer; }
      a { display: inline-block; min-height: 48px; padding: 12px 22px; box-sizing: border-box;
          background: {{ accent }}; color: {{ ink }}; text-decoration: none; }
      a.afloat { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; }
      a:focus-visible, button:focus-visible { outline: 3px solid {{ accent }}; outline-offset: 3px; }
      section { position: fixed; right: 16px; bottom: 80px; z-index: 2147483001; display: flex; flex-direction: column;
          width: min(26rem, calc(100vw - 32px)); height: min(42rem, calc(100vh - 96px)); overflow: hidden;
          border: 1px solid #8d8170; border-radius: 16px; background: #fffcf6; }
      section[hidden] { display: none; }
      button { min-height: 44px; border: 0; border-radius: 0; background: #fffcf6; color: #2a2622; }
      iframe { flex: 1; border: 0; }
    `);
    root.adoptedStyleSheets = [sheet];
    const link = make("a", { href: home, target: "_blank", rel: "noopener noreferrer" });
    link.textContent = me.dataset.label || words.open;
    if (!("inline" in me.dataset)) link.className = "afloat";
    root.append(link);
    if ("frame" in me.dataset) root.append(panel(link));
    if ("inline" in me.dataset) me.after(host);
    else document.body.append(host);
  }

  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
