// Wagtail's calendar opens a tenth of a second after its field got the focus, even when the focus has gone on by then: whoever
// holds Tab down would leave one open over every field. It is closed again.
const OPENED_BY_THEN = 150;

document.addEventListener("focusout", ({ target }) => {
  const calendar = window.jQuery?.(target).data("xdsoft_datetimepicker");
  if (!calendar) return;
  setTimeout(() => {
    if (document.activeElement !== target) calendar.trigger("close.xdsoft");
  }, OPENED_BY_THEN);
});
