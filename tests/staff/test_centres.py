"""A new centre is complete, empty, honest about what is missing, and apart from its neighbours."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site, Workflow

from mission.models import CentreSettings
from programme.models import EventPage, ProgrammeSettings
from tests.staff.builders import make_centre

pytestmark = pytest.mark.django_db
COMMAND = [
    "create_centre",
    "--name=Gminny Ośrodek Kultury Łąka",
    "--short-name=GOK Łąka",
    "--hostname=laka.localhost",
    "--kind=gok",
    "--default",
]
LIVE = ["program", "zajecia", "aktualnosci", "miejsca", "projekty", "kontakt", "partnerzy"]
DRAFTS = ["misja", "dostepnosc", "ochrona-maloletnich", "dane-osobowe", "deklaracja-dostepnosci"]


def test_the_command_makes_a_complete_and_empty_site():
    call_command(*COMMAND, stdout=StringIO())
    site = Site.objects.get()
    assert site.hostname == "laka.localhost"
    children = site.root_page.get_children()
    assert set(children.live().values_list("slug", flat=True)) == set(LIVE)
    assert set(children.not_live().values_list("slug", flat=True)) == set(DRAFTS)
    assert not EventPage.objects.exists()
    assert CentreSettings.for_site(site).name == "Gminny Ośrodek Kultury Łąka"
    assert ProgrammeSettings.for_site(site).event_kinds.count() == 12


def test_every_draft_says_what_is_missing_or_cannot_be_published(client):
    centre = make_centre("AGAWA", "localhost", is_default=True)
    for page in centre.home.get_children().not_live().specific():
        texts = [
            str(getattr(page, name, ""))
            for name in ("statement", "body", "short_version", "easy_text", "machine_readable_text")
        ]
        is_marked = any("Do uzupełnienia" in text for text in texts)
        assert is_marked or page.problems(page.latest_revision_created_at.date()), page
        assert client.get(f"/{page.slug}/").status_code == 404


def test_index_pages_of_an_empty_centre_answer(client):
    make_centre("AGAWA", "localhost", is_default=True)
    for slug in ["", *(f"{slug}/" for slug in LIVE)]:
        assert client.get(f"/{slug}").status_code == 200, slug


def test_a_taken_host_name_is_refused_in_words_and_nothing_is_left_behind():
    call_command(*COMMAND, stdout=StringIO())
    before = (Page.objects.count(), Group.objects.count())
    with pytest.raises(CommandError, match=r"laka\.localhost"):
        call_command(*COMMAND, stdout=StringIO())
    assert (Page.objects.count(), Group.objects.count()) == before


def test_nothing_is_left_of_what_wagtail_gives_to_everybody():
    make_centre("AGAWA", "localhost", is_default=True)
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert not Page.objects.filter(slug="home").exists()
    assert Workflow.objects.count() == 1


def test_two_centres_share_neither_groups_nor_collection_nor_workflow():
    gok, mok = make_centre("AGAWA", "localhost"), make_centre("BROMBA", "mok.localhost")
    assert gok.home.get_workflow() != mok.home.get_workflow()
    assert CentreSettings.for_site(gok.site).collection != CentreSettings.for_site(mok.site).collection
    for role in gok.staff:
        assert not gok.staff[role].groups.filter(pk__in=mok.staff[role].groups.all()).exists()


def test_an_editor_neither_deletes_nor_moves_a_page_with_a_promised_address():
    centre = make_centre("AGAWA", "localhost", is_default=True)
    editor = centre.staff["editor"]
    for page in [centre.home, *centre.home.get_children().specific()]:
        may = page.permissions_for_user(editor)
        assert may.can_edit()
        assert not may.can_delete()
        assert not may.can_move()
    assert not centre.home.permissions_for_user(editor).can_unpublish()
