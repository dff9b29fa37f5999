// Wagtail's calendar reads one format only, and as soon as its field is left it puts today, or this hour, in place of anything
// else: "12.12.2026", as everybody here writes it, became the day of writing without a word, and a page meant for later went
// out at once. What was typed stays; the form understands it, or says in words that it does not.
// https://xdsoft.net/jqplugins/datetimepicker/ (validateOnBlur)
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

// It opens a tenth of a second after its field got the focus, even when the focus has gone on by then: whoever holds Tab down
// would leave one open over every field. It is closed again.
const OPENED_BY_THEN = 150;

document.addEventListener("focusout", ({ target }) => {
  const calendar = jQuery(target).data("xdsoft_datetimepicker");
  if (!calendar) return;
  setTimeout(() => {
    if (document.activeElement !== target) calendar.trigger("close.xdsoft");
  }, OPENED_BY_THEN);
});
