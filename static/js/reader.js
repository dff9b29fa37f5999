// The reader's settings: a dialog whose choices become data- attributes on <html>. Without this script the
// button stays hidden and nothing is missing. Nothing is stored before the reader has chosen something.
// What was chosen is applied as early as a script that blocks nothing can; the dialog has to be there first.
try {
  Object.assign(document.documentElement.dataset, JSON.parse(localStorage.getItem("reader") || "{}"));
} catch {
  // No storage, or not ours: the page stays as it was designed.
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", offerSettings);
else offerSettings();

function offerSettings() {
  const dialog = document.getElementById("reader-settings");
  const button = document.querySelector("[data-opens=reader-settings]");

  if (!dialog?.showModal || !button) return;
  const form = dialog.querySelector("form");
  const root = document.documentElement;
  const names = [...new Set([...form.elements].filter((field) => field.type === "radio").map((field) => field.name))];

  const show = () => {
    for (const name of names) form.elements[name].value = root.dataset[name] ?? "";
  };

  const apply = () => {
    const chosen = {};
    for (const name of names) {
      const value = form.elements[name].value;
      if (value) chosen[name] = root.dataset[name] = value;
      else delete root.dataset[name];
    }
    try {
      if (Object.keys(chosen).length) localStorage.setItem("reader", JSON.stringify(chosen));
      else localStorage.removeItem("reader");
    } catch {
      // Private windows may refuse storage; the choice then lasts for this page.
    }
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    show();
    dialog.showModal();
  });
  dialog.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
  });
  form.addEventListener("change", apply);
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of names) form.elements[name].value = "";
    apply();
  });
}
