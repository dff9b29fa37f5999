"""Two centres with their staff, and one of each thing that staff may touch, named so that a leak is seen."""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, UploadedFile

from accessibility.models import (
    AccessibilityHubPage,
    AccessRequest,
    AuditRun,
    DeclarationPage,
    Evaluation,
    Finding,
    FindingSource,
    RequestKind,
)
from gok_site.centres import create_centre
from gok_site.staff.roles import AUDITORS, CONTRIBUTORS, COORDINATORS, EDITORS
from mission.blocks import ContentBlock
from mission.models import CentreSettings, NewsIndexPage, NewsPage
from programme.models import EventIndexPage, EventPage, Occurrence, PartnerCalendar, ProgrammeSettings

PASSWORD = "haslo-do-testow-7"
ROLES = {"editor": EDITORS, "contributor": CONTRIBUTORS, "coordinator": COORDINATORS, "auditor": AUDITORS}


@dataclass
class Centre:
    """One centre of a test. `mark` stands in the name of everything it owns."""

    site: object
    mark: str
    staff: dict = field(default_factory=dict)
    things: dict = field(default_factory=dict)

    @property
    def home(self):
        return self.site.root_page


def make_centre(mark, hostname, *, is_default=False):
    """A centre with an editor, a contributor, a coordinator and an auditor, and no content yet."""
    site = create_centre(
        name=f"Ośrodek {mark}",
        short_name=f"GOK {mark}",
        hostname=hostname,
        kind="gok",
        is_default=is_default,
        at=timezone.now(),
    )
    centre = Centre(site, mark)
    for role, group in ROLES.items():
        user = make_user(f"{role}-{mark.lower()}")
        user.groups.add(Group.objects.get(name=f"{group} – GOK {mark}"))
        centre.staff[role] = user
    return centre


def make_two_centres():
    """Two neighbours with everything: what the fixture `centres` gives a test."""
    return fill(make_centre("AGAWA", "localhost", is_default=True)), fill(make_centre("BROMBA", "mok.localhost"))


def make_user(username, **fields):
    return get_user_model().objects.create_user(username, f"{username}@example.org", PASSWORD, **fields)


def fill(centre):
    """One of each thing: a published event, a draft that waits for approval, picture, document, request."""
    editor, contributor = centre.staff["editor"], centre.staff["contributor"]
    for user in centre.staff.values():
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    kind = ProgrammeSettings.for_site(centre.site).event_kinds.first()
    events = EventIndexPage.objects.child_of(centre.home).get()
    event = events.add_child(instance=EventPage(title=f"Koncert {centre.mark}", kind=kind, owner=editor))
    event.save_revision(user=editor)
    scheduled = events.add_child(instance=EventPage(title=f"Za trzy dni {centre.mark}", kind=kind, live=False))
    scheduled.save_revision(user=editor, approved_go_live_at=timezone.now() + timedelta(days=3))
    news = NewsIndexPage.objects.child_of(centre.home).get()
    draft = news.add_child(instance=NewsPage(title=f"Szkic {centre.mark}", owner=contributor, live=False))
    draft.save_revision(user=contributor)
    workflow_state = draft.get_workflow().start(draft, contributor)
    collection = CentreSettings.for_site(centre.site).collection
    image = make_image(f"Zdjęcie {centre.mark}", collection=collection, uploaded_by_user=editor)
    document = get_document_model().objects.create(
        title=f"Regulamin {centre.mark}",
        file=ContentFile(b"%PDF-1.4", name=f"regulamin-{centre.mark}.pdf"),
        collection=collection,
        uploaded_by_user=editor,
    )
    request = AccessRequest.objects.create(
        site=centre.site,
        kind=RequestKind.BARRIER,
        received_at=timezone.now(),
        subject=f"Schody {centre.mark}",
        form_mark=f"mark-{centre.mark}",
        reference=f"{centre.mark[:4].upper()}-2222",
    )
    centre.things = {
        "home": centre.home,
        "event": event,
        "scheduled": scheduled,
        "events": events,
        "draft": Page.objects.get(pk=draft.pk).specific,
        "declaration": DeclarationPage.objects.child_of(centre.home).get(),
        "hub": AccessibilityHubPage.objects.child_of(centre.home).get(),
        "revision": Revision.page_revisions.filter(object_id=str(event.pk)).first(),
        "draft_revision": draft.latest_revision,
        "workflow_state": workflow_state,
        "task_state": workflow_state.current_task_state,
        "task": workflow_state.current_task_state.task,
        "upload": make_upload(editor, get_image_model()),
        "document_upload": make_upload(editor, get_document_model()),
        "date": make_date(event),
        "editor": editor,
        "block": ContentBlock().child_blocks["quotation"].definition_prefix,
        "image": image,
        "document": document,
        "request": request,
        "site": centre.site,
        "calendar": make_calendar(centre),
        "evaluation": make_evaluation(centre),
        "finding": make_finding(centre),
        "audit": make_audit(centre),
    }
    return centre


def make_finding(centre):
    now = timezone.now()
    return Finding.objects.create(
        site=centre.site,
        source=FindingSource.MANUAL,
        cause="manual:film",
        message=f"Film bez napisów {centre.mark}",
        first_seen_at=now,
        last_seen_at=now,
        state_changed_at=now,
    )


def make_calendar(centre):
    """A partner's calendar without an address: asking it reads nothing."""
    return PartnerCalendar.objects.create(site=centre.site, name=f"Partner {centre.mark}", credit="Partner")


def make_evaluation(centre):
    return Evaluation.objects.create(
        site=centre.site, title=f"Badanie {centre.mark}", started_on=timezone.localdate(), seed="mark"
    )


def make_audit(centre):
    """An audit that has seen one page."""
    run = AuditRun.objects.create(
        site=centre.site, root_url=centre.site.root_url, started_at=timezone.now(), page_limit=1, minute_limit=1
    )
    run.pages.create(address=f"/{centre.mark}/", kind="page", state="done")
    return run


def make_upload(user, model):
    """A file that was sent and still waits for its title, as Wagtail's upload of many files leaves it."""
    name = "upload.png" if model is get_image_model() else "upload.pdf"
    return UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(model),
        file=ContentFile(b"...", name=name),
        uploaded_by_user=user,
    )


def make_date(event):
    start = timezone.now() + timedelta(days=5)
    return Occurrence.objects.create(
        event=event, original_start=start, start=start, end=start + timedelta(hours=2), changed_at=start
    )


def make_image(title="Zdjęcie", *, kind="PNG", size=(40, 30), **fields):
    file = BytesIO()
    PillowImage.new("RGB", size, "teal").save(file, format=kind)
    name = f"zdjecie.{kind.lower()}"
    return get_image_model().objects.create(title=title, file=ContentFile(file.getvalue(), name=name), **fields)
