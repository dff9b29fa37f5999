"""The audit in a real browser: it finds what is planted in content, proves the repair, and survives kill -9."""

import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.documents import get_document_model

from accessibility.audit.chromium import Chromium, bundle
from accessibility.audit.inspection import NARROW, SCHEMES, WIDE, Inspection, inspect, look, note, resize
from accessibility.audit.models import AuditedPage, AuditRun, AuditState, PageState
from accessibility.audit.rules import AXE_TAGS
from accessibility.models import Finding, FindingState
from mission.models import StandardPage
from tests.accessibility.audits import make_pdf
from tests.accessibility.builders import make_centre
from tests.databases import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

PLANTED = """
    <p><img src="/favicon.svg" width="20" height="20"></p>
    <p><font color="#cccccc">Zapisy trwają do piątku, liczba miejsc jest ograniczona.</font></p>
    <p><input type="text" name="imie"></p>
    <h4>Nagłówek o dwa poziomy za niski</h4>
    <p><img src="/favicon.svg" alt="DSC_0042.JPG" width="20" height="20"></p>
    <p><a href="/szukaj/">Kliknij tutaj</a></p>
    <p><a href="https://example.org/">https://example.org/</a></p>
    <p>Please call the office before you come to the rehearsal and bring your own music with you.</p>
    <p>{document}</p>
"""
MENDED = """
    <p><img src="/favicon.svg" alt="Znak ośrodka" width="20" height="20"></p>
    <p>Zapisy trwają do piątku, liczba miejsc jest ograniczona.</p>
    <p><label>Imię <input type="text" name="imie"></label></p>
    <p><a href="/szukaj/">Szukaj w serwisie</a></p>
    <p>Adres strony: <a href="https://example.org/">https://example.org/</a></p>
    <p lang="en">Please call the office before you come to the rehearsal and bring your own music with you.</p>
    <p>{document}</p>
"""
# Rule: criterion and level.
EXPECTED = {
    "image-alt": ("1.1.1", "A"),
    "color-contrast": ("1.4.3", "AA"),
    "label": ("4.1.2", "A"),
    "heading-order": ("1.3.1", "A"),
    "alt-is-file-name": ("1.1.1", "A"),
    "link-without-purpose": ("2.4.4", "A"),
    "language-of-parts": ("3.1.2", "AA"),
    "pdf-untagged": ("1.3.1", "A"),
}


def audit(address):
    call_command("audit_accessibility", site="localhost", base_url=address, pages=1, pause=0)


def write(page, html, document):
    link = f'<a linktype="document" id="{document.pk}">Regulamin</a> (<a href="/regulamin/">jako strona</a>)'
    page.body = [("text", html.format(document=link))]
    page.save_revision().publish()


def test_planted_defects_are_found_with_their_editor_and_their_repair_is_proved(live_server, capsys):
    site = make_centre().site
    stored = get_document_model().objects.create(
        title="Regulamin", file=ContentFile(make_pdf(is_tagged=False), name="regulamin.pdf")
    )
    page = site.root_page.specific
    write(page, PLANTED, stored)

    audit(live_server.url)
    planted = {finding.rule: finding for finding in Finding.objects.of(site).filter(page=page).against_the_norm()}
    assert {rule: (finding.criterion, finding.level) for rule, finding in planted.items()} == EXPECTED
    assert all(finding.is_content and finding.places for finding in planted.values())
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in capsys.readouterr().out
    assert set(Finding.objects.of(site).forbidding_full_conformity()) == set(planted.values())

    stored.file.save("regulamin.pdf", ContentFile(make_pdf()))
    write(page, MENDED, stored)
    audit(live_server.url)
    mended = Finding.objects.of(site).filter(pk__in=[finding.pk for finding in planted.values()])
    assert {finding.state for finding in mended} == {FindingState.REPAIRED}
    assert all(finding.proof.startswith("audyt automatyczny z ") for finding in mended)
    assert not Finding.objects.of(site).forbidding_full_conformity().exists()
    advice = Finding.objects.of(site).get(rule="link-bare-address")
    assert (advice.level, advice.state) == ("", FindingState.REPAIRED)


# Each class of defects that a width or a scheme alone shows; elements that one width hides; scripts that hear of it.
BY_WIDTH_AND_SCHEME = """<!doctype html><html lang="pl"><title>Próba</title><meta name="viewport" content="width=device-width">
<style>
    body { color: #000; background: #fff; font: 1rem/1.2 sans-serif; }
    .narrow { display: none; } .pale { color: #bbb; }
    @media (width < 40rem) { .narrow { display: block; } .wide { display: none; } .over { color: #ccc; } }
    @media (width >= 40rem) { .under { color: #ccc; } }
    @media (prefers-color-scheme: dark) { body { color: #fff; background: #000; } .dim { color: #333; } a { color: #9cf; } }
    @media (forced-colors: active) { .forced { forced-color-adjust: none; color: #777; background: #888; } }
    .unseen:focus { outline: 0; } .box { height: 1.2em; overflow: hidden; } .long { width: 600px; }
</style>
<main><h1>Próba</h1><h3>O poziom za nisko</h3>
    <p class="narrow pale">Blade tylko wąsko</p><p class="wide pale">Blade tylko szeroko</p>
    <p class="over">Blade przez wąskie okno</p><p class="under">Blade przez szerokie okno</p>
    <p class="dim">Blade tylko w ciemnych</p><p class="forced">Blade tylko w wymuszonych</p>
    <p class="narrow"><img src="data:," width="9" height="9"></p><p class="wide"><input></p>
    <p class="narrow"><a class="unseen" href="/a/">Wąskie łącze</a></p><p class="wide"><a class="unseen" href="/b/">Szerokie</a></p>
    <p class="long">Szersze niż okno</p><div class="box">Ucięte, gdy odstępy urosną, bo pudełko ma jeden wiersz</div>
    <p><a href="/c/">kliknij tutaj</a></p><div id="heard"></div>
</main><script>
    const wide = matchMedia("(width >= 40rem)");
    const write = () => { document.getElementById("heard").innerHTML = wide.matches ? "<button></button>" : "<select></select>"; };
    wide.addEventListener("change", write); write();
</script>"""


def looked_at_anew(page, url, script):
    """The same as `inspect`, the long way: a load for each width, and all rules of axe in each scheme of the wide one."""
    result, seen = Inspection(), {}
    for width in (NARROW, WIDE):
        resize(page, width)
        page.goto(url, wait_until="load")
        page.evaluate(script)
        look(page, width, result, seen)
        for scheme in ("dark", "forced") if width == WIDE else ():
            page.emulate_media(**SCHEMES[scheme])
            rows = page.evaluate("tags => gokAudit.axe({ rules: null, tags, most: 25 })", AXE_TAGS)
            note(seen, f"{width} {scheme}", rows)
    return list(seen.values())


def told(rows):
    """{(rule, selector): the schemes that alone show it}; nothing is said of a scheme when light shows it, too."""
    schemes = {(row["rule"], row["selector"]): {state.split()[1] for state in row["states"]} for row in rows}
    return {key: set() if "light" in found else found for key, found in schemes.items()}


def test_one_load_of_a_page_finds_what_a_load_for_each_width_and_all_rules_find(plain_site):
    plain_site.bodies["/"] = BY_WIDTH_AND_SCHEME
    url = f"http://127.0.0.1:{plain_site.server_port}/"
    with Chromium(url) as browser:
        quick = browser.thread.submit(inspect, browser.page, url, bundle()).result()
        slow = browser.thread.submit(looked_at_anew, browser.page, url, bundle()).result()
    assert quick.problem == ""
    assert told(quick.seen) == told(slow)
    rules = {rule for rule, _selector in told(slow)}
    assert rules >= {"color-contrast", "heading-order", "reflow", "text-cut-off", "text-spacing", "focus-not-visible"}
    assert {"select-name", "button-name"} <= rules  # what a script has made of each width
    assert [schemes for schemes in told(slow).values() if schemes] == [{"dark"}, {"forced"}]


class PlainPages(BaseHTTPRequestHandler):
    """Answers every address with a short page, and remembers who asked for what."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        if self.path == self.server.held:
            self.server.is_held.set()
            self.server.goes_on.wait(30)
        body = (
            self.server.bodies.get(self.path)
            or f"<!doctype html><html lang=pl><title>{self.path}</title><main><h1>{self.path}</h1></main></html>"
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def plain_site():
    """A server for the audit to visit; it stops at the address `held`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), PlainPages)
    server.bodies = {}
    server.asked, server.held, server.is_held, server.goes_on = [], None, threading.Event(), threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.goes_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


def start_command(server):
    """The command as an operator runs it, in a process group of its own."""
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "gok_site.settings.dev",
        "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}",
        "DATA_DIR": str(settings.DATA_DIR),
    }
    address = f"http://127.0.0.1:{server.server_port}"
    arguments = ["audit_accessibility", "--site", "localhost", "--base-url", address, "--pause", "0"]
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def test_an_audit_killed_in_the_middle_goes_on_without_loss_or_repetition(plain_site):
    site = make_centre().site
    for slug in ("pierwsza", "druga", "trzecia"):
        site.root_page.add_child(instance=StandardPage(title=slug.title(), slug=slug))
    plain_site.held = "/druga/"
    killed = start_command(plain_site)
    assert plain_site.is_held.wait(120)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    before = list(AuditedPage.objects.filter(state=PageState.DONE).values())
    assert [row["address"] for row in before] == ["/", "/pierwsza/"]

    plain_site.held, asked_before = None, len(plain_site.asked)
    plain_site.goes_on.set()
    assert start_command(plain_site).wait(120) == 0
    run = AuditRun.objects.get()
    assert (run.site, run.state) == (site, AuditState.FINISHED)
    assert not run.pages.exclude(state=PageState.DONE).exists()
    assert list(run.pages.filter(pk__in=[row["id"] for row in before]).values()) == before
    asked_again = {path for path, _agent in plain_site.asked[asked_before:]}
    assert asked_again & {row["address"] for row in before} == set()
    assert all("gok_site-audit" in agent for _path, agent in plain_site.asked)


def test_a_site_that_does_not_answer_is_told_and_ends_with_one(capsys):
    make_centre()
    with pytest.raises(SystemExit):
        audit("http://127.0.0.1:9")
    assert "Nie otwarto: /" in capsys.readouterr().out
    assert AuditedPage.objects.get().state == PageState.FAILED
    assert Finding.objects.count() == 0


def test_a_browser_that_does_not_start_is_told_in_a_sentence(settings):
    make_centre()
    settings.CHROMIUM = "true"  # a command that ends at once
    with pytest.raises(CommandError, match="The browser does not start"):
        audit("http://127.0.0.1:9")
