// Passkeys: asks the device, and sends what it says with an ordinary form. Without this file there is the link.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function challenge() {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await fetch("/desk/challenge", { method: "POST", headers, body: "" });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

async function make(asked) {
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(asked.challenge),
      rp: { id: asked.host, name: document.title },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: document.title, displayName: document.title },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
    },
  });
  return {
    client: response.clientDataJSON,
    authenticator: response.getAuthenticatorData(),
    public: response.getPublicKey(),
  };
}

async function show(asked) {
  const found = await navigator.credentials.get({
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.host, userVerification: "required" },
  });
  const { response } = found;
  return {
    credential: found.rawId,
    client: response.clientDataJSON,
    authenticator: response.authenticatorData,
    signature: response.signature,
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  // Passkeys belong to a name: an address in numbers has none.
  if (!window.PublicKeyCredential || /^[\d.]+$|:/.test(location.hostname)) continue;
  form.hidden = false;
  const trouble = form.querySelector("[role=status]");
  form.querySelector("button").addEventListener("click", async (event) => {
    event.preventDefault();
    trouble.textContent = "";
    try {
      const asked = await challenge();
      const told = await (form.dataset.passkey === "make" ? make(asked) : show(asked));
      form.elements.challenge.value = asked.challenge;
      for (const [name, value] of Object.entries(told)) form.elements[name].value = text(value);
      form.submit();
    } catch {
      trouble.textContent = form.dataset.trouble;
    }
  });
}
