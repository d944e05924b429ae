// Photos and voice notes, loaded when a talk takes them: choosing, making smaller, recording, showing. A script by itself,
// so that the page's first load holds none of it.
"use strict";

window.files = (() => {
  const SIDE = 1600;
  const QUALITY = 0.85;
  const LONGEST = 300_000;
  const SOUNDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"];

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  /** Show a file that was hidden, in its place; it has no address that anybody else could open. */
  function show(box, { kind, type }, data, words) {
    if (!data) {
      box.textContent = words["file-gone"];
      return;
    }
    const address = URL.createObjectURL(new Blob([bytes(data)], { type }));
    const made = document.createElement(kind === "photo" ? "img" : "audio");
    if (kind === "photo") Object.assign(made, { alt: words.photo, className: "picture", onload: () => URL.revokeObjectURL(address) });
    else Object.assign(made, { controls: true, title: words.voice });
    made.src = address;
    box.replaceChildren(made);
  }

  /** Draw a photo anew, no larger than it is shown: place, time and device never leave this one. */
  async function shrink(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((given) => canvas.toBlob(given, "image/jpeg", QUALITY));
  }

  async function base64(blob) {
    const address = await new Promise((given) => {
      const reader = new FileReader();
      reader.onload = () => given(reader.result);
      reader.readAsDataURL(blob);
    });
    return address.slice(address.indexOf(",") + 1);
  }

  async function photo(file, act) {
    const blob = await shrink(file).catch(() => null);
    if (!blob) act.problem();
    else act.send({ kind: "photo", type: "image/jpeg", seconds: 0 }, blob, await base64(blob));
  }

  const sound = () => SOUNDS.find((type) => window.MediaRecorder?.isTypeSupported(type));

  /** Record until the button is pressed again; what was said in a talk is sent to no other. */
  async function record(button, act, words) {
    const line = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!line) return act.problem();
    const recorder = new MediaRecorder(line, { mimeType: sound() });
    const parts = [];
    const began = performance.now();
    const send = act.from();
    const limit = setTimeout(() => recorder.stop(), LONGEST);
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = async () => {
      clearTimeout(limit);
      for (const track of line.getTracks()) track.stop();
      button.onclick = () => record(button, act, words);
      button.textContent = words["record-voice"];
      const type = recorder.mimeType.split(";")[0];
      const blob = new Blob(parts, { type });
      send({ kind: "voice", type, seconds: Math.round((performance.now() - began) / 1000) }, blob, await base64(blob));
    };
    recorder.start();
    button.textContent = words["stop-voice"];
    button.onclick = () => recorder.stop();
  }

  let row = null;

  /** Offer what the talk takes, above the line that is written in; nothing for one that takes words alone. */
  function offer(takes, composer, act, words) {
    const key = takes.join();
    if (row?.dataset.takes === key) return;
    row?.remove();
    row = null;
    if (!key) return;
    row = document.createElement("div");
    row.className = "row takes";
    row.dataset.takes = key;
    const add = (label, doing) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
      button.onclick = () => doing(button);
      row.append(button);
    };
    if (takes.includes("photo")) {
      const chooser = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", hidden: true });
      chooser.setAttribute("aria-label", words["add-photo"]);
      chooser.onchange = () => {
        if (chooser.files[0]) photo(chooser.files[0], { ...act, send: act.from() });
        chooser.value = "";
      };
      row.append(chooser);
      add(words["add-photo"], () => chooser.click());
    }
    if (takes.includes("voice") && sound()) add(words["record-voice"], (button) => record(button, act, words));
    else if (takes.includes("voice")) row.append(words["no-voice"]);
    composer.before(row);
  }

  return { show, photo, offer };
})();
