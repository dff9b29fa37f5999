"""The declaration as a page: rendered by the spec, published only when right, kept in every version."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail import hooks
from wagtail.models import PageLogEntry

from accessibility.declaration import spec, validator
from accessibility.declaration.draft import draft_declaration
from accessibility.declaration.places import DeclarationPlace
from accessibility.models import Barrier, DeclarationPage, ExcessiveCost, Exemption

from .builders import make_barrier, make_centre, make_coordinator, make_declaration

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def barrier():
    return make_barrier(repair_on=TODAY + timedelta(days=90))


def get(path, host="localhost"):
    return Client(SERVER_NAME=host).get(path)


@pytest.mark.parametrize("is_demonstration", [True, False])
@pytest.mark.parametrize("kind", ["full", "partial", "everything"])
def test_what_we_publish_passes_our_own_validator_without_a_remark(kind, is_demonstration):
    centre = make_centre(is_demonstration=is_demonstration)
    page = make_declaration(centre, is_published=False, barriers=[] if kind == "full" else [barrier()])
    if kind == "everything":
        page.exemptions = [
            Exemption(ground="media", element="nagranie jubileuszu", published_on=date(2019, 5, 3)),
            Exemption(ground="maps", element="mapa dojazdu", address="/kontakt/"),
        ]
        page.excessive_costs = [
            ExcessiveCost(element=name, reason="Zbyt drogie.", way_around="Czytamy.", assessment_url="/analiza/")
            for name in ("kronika", "księga gości")
        ]
        page.basis, page.basis_by, page.basis_url = "audit", "Fundacja Przykład", "https://example.net/raport"
        page.improvements = page.plans = "Napisy do wszystkich filmów."
        page.shortcuts = [page.shortcuts.model(keys="Alt + 1", action="wyszukiwarka")]
        page.apps = [
            page.apps.model(name="Spacer", download_url="https://a.pl/", declaration_url="https://a.pl/deklaracja/")
        ]
    page.save_revision().publish()

    report = page.report(TODAY)
    assert report.findings == []
    whole = get("/deklaracja-dostepnosci/").content
    assert validator.check(whole, at=TODAY).findings == []


def test_ids_stand_once_and_headings_in_the_order_of_the_template():
    make_declaration(make_centre(), barriers=[barrier()])
    html = get("/deklaracja-dostepnosci/").content.decode()
    for identifier in spec.REQUIRED_IDS:
        assert html.count(f'id="{identifier}"') == 1, identifier
    always = [heading.text for heading in spec.HEADINGS if heading.presence == spec.Presence.ALWAYS]
    places = [html.index(f">{text}</h") for text in always]
    assert places == sorted(places)
    assert str(spec.STATUS_SENTENCES["partial"]) in html.replace("<strong>", "").replace("</strong>", "")


@pytest.mark.parametrize(
    ("kind", "subject"),
    [("gok", "Przykładowy Gminny Ośrodek Kultury"), ("mok", "Przykładowy Ośrodek Kultury")],
)
def test_a_demonstration_speaks_for_no_real_institution(kind, subject):
    make_declaration(make_centre(is_demonstration=True, kind=kind))
    html = get("/deklaracja-dostepnosci/").content.decode()
    assert f'<span id="a11y-podmiot">{subject}</span>' in html
    assert html.index(spec.DEMONSTRATION_NOTICE) < html.index("<h1>Deklaracja dostępności</h1>")


def test_the_english_rendering_keeps_ids_and_says_that_polish_is_binding():
    make_declaration(make_centre(), barriers=[barrier()])
    html = get("/deklaracja-dostepnosci/en/").content.decode()
    for identifier in spec.REQUIRED_IDS:
        assert html.count(f'id="{identifier}"') == 1, identifier
    assert '<article class="declaration flow" lang="en">' in html
    assert "The Polish declaration is the binding one" in html
    assert '<span lang="pl">Film nie ma' in html
    assert spec.HEADING["state"] not in html


REFUSED = [
    ("status", {"status": "full", "barriers": [barrier()]}),
    ("status", {"status": "partial"}),
    ("status", {"status": ""}),
    ("site_updated_on", {"site_updated_on": date(2000, 1, 1)}),
    ("last_review_on", {"last_review_on": date(2019, 1, 1), "drawn_up_on": date(2020, 1, 1)}),
    ("last_review_on", {"last_review_on": None, "drawn_up_on": date(2020, 1, 1)}),
    ("site_published_on", {"site_published_on": date(2999, 1, 1), "site_updated_on": None}),
    ("basis_by", {"basis": "audit"}),
    ("basis_url", {"basis": "contractor", "basis_by": "Firma"}),
    ("telephone", {"telephone": ""}),
    ("telephone", {"telephone": spec.SAMPLE_TELEPHONE}),
    ("email", {"email": "ktos@example.org"}),
    ("online_interpreter", {"online_interpreter": ""}),
    ("places", {"places": []}),
    ("", {"communication": "Lorem ipsum dolor"}),
]


@pytest.mark.parametrize(("field", "changes"), REFUSED)
def test_an_error_keeps_the_declaration_from_being_published_but_not_from_being_drafted(field, changes):
    page = make_declaration(make_centre(), is_published=False)
    for name, value in changes.items():
        setattr(page, name, value)
    revision = page.save_revision()

    assert field in [problem.field for problem in page.problems(TODAY)]
    with pytest.raises(ValidationError):
        revision.publish()
    assert not DeclarationPage.objects.get().live


def test_a_new_exemption_by_date_and_a_cost_without_assessment_are_refused():
    page = make_declaration(make_centre(), is_published=False, barriers=[barrier()])
    page.exemptions = [Exemption(ground="media", element="film", published_on=date(2021, 1, 1))]
    page.excessive_costs = [ExcessiveCost(element="kronika", reason="Drogo.", way_around="Czytamy.")]
    assert {problem.field for problem in page.problems(TODAY)} == {"exemptions", "excessive_costs"}


def test_the_day_of_drawing_up_never_changes_after_publication():
    page = make_declaration(make_centre())
    first = page.drawn_up_on
    page.drawn_up_on = first - timedelta(days=1)
    assert [problem.field for problem in page.problems(TODAY)] == ["drawn_up_on"]
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    assert DeclarationPage.objects.get().drawn_up_on == first


def test_a_real_centres_draft_says_what_is_missing_and_cannot_be_published():
    centre = make_centre()
    page = draft_declaration(centre, timezone.now())
    centre.site.root_page.add_child(instance=page)
    missing = {problem.field for problem in page.problems(TODAY)}
    assert {"status", "site_published_on", "drawn_up_on", "basis", "online_interpreter"} <= missing
    assert page.telephone == centre.telephone
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    assert "[RRRR-MM-DD]" in page.document(TODAY).html()


def test_each_published_version_keeps_its_address():
    page = make_declaration(make_centre(), contact_unit="sekretariat")
    entry = page.get_latest_revision()
    day = TODAY - timedelta(days=10)
    PageLogEntry.objects.filter(revision=entry).update(timestamp=timezone.now() - timedelta(days=10))
    page.contact_unit = "kierownik administracyjny"
    page.save_revision().publish()

    for path, words in [
        (f"wersje/{day}/", "sekretariat"),
        (f"wersje/{TODAY - timedelta(days=1)}/", "sekretariat"),
        (f"wersje/{TODAY}/", "kierownik administracyjny"),
    ]:
        answer = get(f"/deklaracja-dostepnosci/{path}")
        assert answer.status_code == 200
        assert words in answer.content.decode()
    for path in ("2020-01-01", "2999-01-01", "2020-22-09", "wczoraj"):
        assert get(f"/deklaracja-dostepnosci/wersje/{path}/").status_code == 404
    listing = get("/deklaracja-dostepnosci/wersje/").content.decode()
    assert listing.count("/deklaracja-dostepnosci/wersje/20") == 2


def test_a_draft_is_in_no_version():
    page = make_declaration(make_centre())
    page.contact_unit = "szkic"
    page.save_revision()
    for path in ("", f"wersje/{TODAY}/", "dowody/", "en/"):
        assert "szkic" not in get(f"/deklaracja-dostepnosci/{path}").content.decode()


def test_the_evidence_page_lists_checks_and_open_barriers_and_its_own_limits():
    make_declaration(make_centre(is_demonstration=True), barriers=[barrier()])
    html = get("/deklaracja-dostepnosci/dowody/").content.decode()
    assert "axe-core" in html
    assert "nagranie z przeglądu teatralnego" in html
    assert "/aktualnosci/przeglad/" in html
    assert "koordynacja dostępności</li>" not in html  # who mends it stays in the house


def test_places_of_rooms_above_are_described_too():
    centre = make_centre()

    def venues(site, at):
        assert site == centre.site
        return [DeclarationPlace(name="Świetlica w Bojszowie", address="ul. Szkolna 2, 44-160 Bojszów")]

    with hooks.register_temporarily("register_declaration_places", venues):
        make_declaration(centre)
        assert "Świetlica w Bojszowie" in get("/deklaracja-dostepnosci/").content.decode()


def test_every_page_links_to_the_declaration_once_it_is_published():
    centre = make_centre()
    page = make_declaration(centre, is_published=False)
    before = get("/dostepnosc/zgloszenie/").content.decode()
    assert 'href="/deklaracja-dostepnosci/"' not in before
    assert centre.telephone in before
    page.get_latest_revision().publish()
    assert 'href="/deklaracja-dostepnosci/"' in get("/dostepnosc/zgloszenie/").content.decode()


def test_centres_do_not_share_their_declarations():
    make_declaration(make_centre(), contact_unit="pierwszy ośrodek")
    make_declaration(make_centre("mok.localhost"), contact_unit="drugi ośrodek")
    assert "drugi ośrodek" in get("/deklaracja-dostepnosci/", "mok.localhost").content.decode()
    assert "pierwszy ośrodek" in get("/deklaracja-dostepnosci/").content.decode()
    make_centre("dk.localhost")
    assert get("/deklaracja-dostepnosci/", "dk.localhost").status_code == 404


def test_hostile_words_are_shown_as_words():
    page = make_declaration(make_centre(), barriers=[
        Barrier(element="<script>1</script>", address="/x/", what="<b>", effect="{{ 7 }}", way_around="PDF & co"),
    ], is_published=False)  # fmt: skip
    html = page.document(TODAY).html()
    assert "&lt;script&gt;1&lt;/script&gt;" in html
    assert "<script" not in html
    assert '<abbr title="dokument w układzie gotowym do druku">PDF</abbr> &amp; co' in html


@pytest.mark.parametrize("published", [True, False])
def test_the_editor_form_keeps_drafts_and_refuses_to_publish_errors(published):
    centre = make_centre()
    page = make_declaration(centre, is_published=published)
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(centre))
    url = f"/admin/pages/{page.pk}/edit/"
    data = form_data(client.get(url))
    data["telephone"] = ""

    assert client.post(url, data).status_code == 302  # kept as a draft
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().telephone == ""
    answer = client.post(url, {**data, "action-publish": "1"})
    assert answer.status_code == 200
    assert "telephone" in answer.context["form"].errors
    page.refresh_from_db()
    assert page.live is published
    assert bool(page.telephone) is published  # an unpublished page shows its latest draft
    assert client.post(url, {**data, "telephone": "33 111 22 33", "action-publish": "1"}).status_code == 302
    page.refresh_from_db()
    assert page.live
    assert page.telephone == "33 111 22 33"


def test_publishing_many_pages_at_once_says_why_the_declaration_was_left_out():
    centre = make_centre()
    page = make_declaration(centre, is_published=False, telephone="")
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(centre))
    answer = client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", follow=True)
    assert answer.redirect_chain == [(f"/admin/pages/{page.pk}/edit/", 302)]
    page.refresh_from_db()
    assert not page.live


def form_data(answer):
    """What a browser would send back from an admin form."""
    form = BeautifulSoup(answer.content, "html.parser").find("form", id="page-edit-form")
    data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or "__prefix__" in name or field.get("type") in ("submit", "file"):
            continue
        if field.name == "select":
            option = field.find("option", selected=True)
            data[name] = option.get("value", "") if option else ""
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data[name] = field.get("value", "on")
        else:
            data[name] = field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
    return data


def test_staff_see_on_the_admin_home_what_is_missing():
    centre, other = make_centre(), make_centre("mok.localhost", name="Inny Ośrodek")
    make_declaration(centre, is_published=False, telephone="")
    make_declaration(other, is_published=False)
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_coordinator(centre))
    html = client.get("/admin/").content.decode()
    assert "help-critical" in html
    assert centre.name in html
    assert other.name not in html
