// In the editor of an event: shows all dates of the plan as it stands in the form, before anything is saved.
// Only the plan, its breaks and the form's own token are sent; the text of the page stays here.
const isSent = (name) => name.startsWith("plan-") || name === "observes" || name === "csrfmiddlewaretoken";

const showDates = async (button) => {
  const said = document.getElementById("plan-preview-said");
  const dates = document.getElementById(button.getAttribute("aria-controls"));
  const data = new FormData();
  for (const [name, value] of new FormData(button.form)) if (isSent(name)) data.append(name, value);
  button.setAttribute("aria-disabled", "true");
  said.textContent = button.dataset.waits;
  try {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const response = await fetch(button.dataset.planPreview, { method: "POST", body: data, headers });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const part = document.createElement("template");
    part.innerHTML = await response.text();
    const summary = part.content.querySelector("[data-said]");
    said.replaceChildren(...summary.childNodes);
    summary.remove();
    dates.replaceChildren(part.content);
  } catch {
    said.textContent = button.dataset.failed;
    dates.replaceChildren();
  } finally {
    button.removeAttribute("aria-disabled");
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-plan-preview]");
  if (button && button.getAttribute("aria-disabled") !== "true") showDates(button);
});
