"""Every role at every address of the admin, at its own centre and at the neighbour's."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import Page

from mission.models import CentreImage, CentreSettings
from tests.staff.builders import ROLES, make_user
from tests.staff.matrix import ARGUMENTS, IN_WORKFLOW, KEYS, MATRIX, MODELS, POSTED, QUERIES, VALUES

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]
LETTERS = {"editor": "E", "contributor": "C", "coordinator": "A", "auditor": "R"}
# These answer with a list from which the neighbour's things are left out.
FILTERED = {"wagtaildocs_chooser:chosen_multiple", "wagtailimages_chooser:chosen_multiple"}
SCRIPT = {"x-requested-with": "XMLHttpRequest"}


def admin_patterns():
    """(name, arguments) of every named address of the admin; one name may have several sets of arguments."""

    def walk(patterns, namespace="", route="", arguments=()):
        for pattern in patterns:
            own = (*arguments, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, below, route + str(pattern.pattern), own)
            elif (route + str(pattern.pattern)).startswith("admin/") and pattern.name:
                yield namespace + pattern.name, tuple(dict.fromkeys(own))

    return list(walk(get_resolver().url_patterns))


def address(name, arguments, centre):
    """The address with the things of `centre` in it."""
    things = {key: getattr(thing, "pk", thing) for key, thing in centre.things.items()}
    part, _colon, last = name.partition(":")
    app_label, model_name = MODELS.get(name) or MODELS.get(part) or ("programme", "eventpage")
    values = {
        **VALUES,
        **{argument: things[thing] for argument, thing in ARGUMENTS.items()},
        "app_label": app_label,
        "app_name": app_label,
        "model_name": model_name,
        "object_id": things["event"],
    }
    if part in KEYS:
        values["pk"] = things[KEYS[part]]
    if part == "wagtaildocs":
        values["uploaded_file_id"] = things["document_upload"]
    if last in IN_WORKFLOW:
        values["page_id"] = things["draft"]
    query = QUERIES.get(name, "").format(**things, mark=centre.mark)
    return reverse(name, kwargs={argument: values[argument] for argument in arguments}) + query


def is_open(response):
    """Whether the answer shows or does something, rather than sending away."""
    if response.status_code in (301, 302):
        if response.request["PATH_INFO"] == reverse("wagtailadmin_logout"):
            return True
        return response["Location"] != "/admin/" and "/login/" not in response["Location"]
    return response.status_code == 200


def ask(client, name, url):
    """Ask, and take back whatever the answer has changed."""
    with transaction.atomic():
        response = client.post(url, headers=SCRIPT) if name in POSTED else client.get(url)
        transaction.set_rollback(True)
    return response


class Session:
    """One person's browser, logged in anew for every request without the work of a login."""

    def __init__(self, user):
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)
        self.key = self.client.cookies[settings.SESSION_COOKIE_NAME].value

    def __call__(self):
        self.client.cookies.clear()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.key
        return self.client


def test_every_address_has_a_row_and_every_row_an_address():
    assert {name for name, _arguments in admin_patterns()} == set(MATRIX)


@pytest.mark.parametrize("role", ROLES)
def test_staff_reach_what_the_matrix_opens_and_nothing_of_the_neighbour(role, centres):
    own, other = centres
    session = Session(own.staff[role])
    wrong = []
    for name, arguments in admin_patterns():
        for url in dict.fromkeys(address(name, arguments, centre) for centre in (own, other)):
            response = ask(session(), name, url)
            row = MATRIX[name]
            is_own = url == address(name, arguments, own)
            expected = row == "public" or (LETTERS[role] in row and is_own)
            shows_neighbour = other.mark.encode() in response.getvalue() and other.mark not in url
            is_search = "?q=" in url
            if row == "public" or is_search or name in FILTERED:
                expected = is_open(response)
            if is_open(response) != expected or (shows_neighbour and not is_search):
                wrong.append(f"{role} {url}: {response.status_code} {response.get('Location', '')}")
            elif response.status_code >= 500:
                wrong.append(f"{role} {url}: {response.status_code}")
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_posting_to_the_neighbours_addresses_changes_nothing(role, centres):
    own, other = centres
    session = Session(own.staff[role])
    before = state_of(other)
    wrong = []
    for name, arguments in admin_patterns():
        url = address(name, arguments, other)
        if url == address(name, arguments, own) or MATRIX[name] == "public" or name.endswith(":release"):
            continue
        response = session().post(url, {"title": "Zmienione"}, headers=SCRIPT)
        if is_open(response) and "?q=" not in url and name not in FILTERED:
            wrong.append(f"{role} {url}: {response.status_code}")
    assert wrong == []
    assert state_of(other) == before


def state_of(centre):
    """Everything of one centre that somebody could have changed."""
    pages = Page.objects.filter(path__startswith=centre.home.path).order_by("path")
    return (
        list(pages.values("path", "title", "draft_title", "live", "locked", "latest_revision_id")),
        list(CentreImage.objects.order_by("pk").values("pk", "title", "collection_id")),
        list(CentreSettings.objects.order_by("pk").values()),
        centre.things["task_state"].__class__.objects.get(pk=centre.things["task_state"].pk).status,
    )


def test_without_login_everything_but_the_way_in_leads_to_the_login(centres):
    wrong = []
    for name, arguments in admin_patterns():
        url = address(name, arguments, centres[0])
        for response in (Client().get(url), Client().post(url)):
            is_public = MATRIX[name] == "public"
            is_sent_away = response.status_code == 302 and "/admin/login/" in response["Location"]
            if is_sent_away == is_public:
                wrong.append(f"{url}: {response.status_code}")
    assert wrong == []


def test_a_user_without_a_role_gets_nowhere(centres):
    client = Client()
    client.force_login(make_user("nikt"))
    for name, arguments in admin_patterns():
        if MATRIX[name] != "public":
            response = ask(client, name, address(name, arguments, centres[0]))
            assert response.status_code in (302, 403), name
            assert "/login/" in response.get("Location", "/login/")


def test_the_coordinator_edits_and_publishes_the_declaration_and_the_hub_and_no_other_page(centres):
    own, other = centres
    client = Client()
    client.force_login(own.staff["coordinator"])
    for thing, expected in [("declaration", 200), ("hub", 200), ("event", 302), ("draft", 302), ("home", 302)]:
        assert client.get(f"/admin/pages/{own.things[thing].pk}/edit/").status_code == expected, thing
        assert client.get(f"/admin/pages/{other.things[thing].pk}/edit/").status_code == 302, thing
    for thing in ("declaration", "hub"):
        assert own.things[thing].permissions_for_user(own.staff["coordinator"]).can_publish()
