"""The parts of a page that the browser tests take hold of, each named once."""

from pathlib import Path

FORMS = ["/dostepnosc/zgloszenie/dostepnosc/", "/dostepnosc/sprawdz-deklaracje/"]


def script(name):
    """A function in JavaScript from the file beside this one, for `page.evaluate`."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def log_in(page, username, password):
    """Fill in the entrance of the administration, which stands open, and go in."""
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_load_state()


def open_menu(page):
    """Open the main menu, where the width folds it."""
    summary = page.locator("header nav details.menu > summary").first
    if summary.count() and summary.is_visible():
        summary.click()


def open_reader_settings(page):
    """Open the panel of the reader settings by its button."""
    reader_settings_button(page).click()
    reader_settings_panel(page).wait_for()


def send_empty_form(page):
    """Send the page's own form with nothing in it, past the browser's own checks."""
    form = page.locator("main form[method=post]").first
    form.evaluate("form => { form.noValidate = true; }")
    form.locator("button[type=submit], button:not([type])").first.click()
    page.wait_for_load_state()


def reader_settings_button(page):
    return page.locator("header button[data-opens=reader-settings]")


def reader_settings_panel(page):
    return page.locator("dialog#reader-settings")
