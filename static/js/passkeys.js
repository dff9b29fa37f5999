/* Shows what needs a passkey to browsers that have passkeys, ties its button to allauth, says when none was used. */
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
  for (const button of document.querySelectorAll("[data-passkey-action]")) {
    const { id, form, dataset } = button;
    const credential = form.elements.credential.id;
    window.allauth.webauthn.forms[dataset.passkeyAction]({
      ids: { login: id, authenticate: id, add: id, credential, data: "js_data", passwordless: "id_passwordless" },
    });
  }
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-failed").hidden = false;
});
