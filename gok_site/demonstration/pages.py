"""The pages of a sample centre, written in two rounds: first all pages, then the texts that link them."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from accessibility.declaration.draft import fill_sample
from accessibility.findings.listing import barrier_of
from accessibility.models import AccessibilityHubPage, DeclarationPage, Finding, FindingSource, FindingState
from mission.models import (
    ContactPage,
    DataProtectionPage,
    GoalIndexPage,
    GoalPage,
    MinorsProtectionPage,
    MissionPage,
    NewsIndexPage,
    NewsPage,
    PartnerIndexPage,
    PartnerPage,
    ProjectIndexPage,
    ProjectPage,
    StandardPage,
    StrategicAreaPage,
)
from programme.models import (
    EventAccess,
    EventIndexPage,
    EventPage,
    EventStatus,
    Group,
    Meeting,
    ProgrammeSettings,
    SectionIndexPage,
    SectionPage,
    SeriesPage,
    VenueAccess,
    VenueIndexPage,
    VenuePage,
)

from .evaluation import write_evaluation
from .programme import access_rows, change_dates, children, partners_of, plan_line, venue_hours

STREAMS = ("body", "afterwards", "results", "easy_text", "machine_readable_text", "short_version")
MADE_OF_ROWS = (
    *("kind", "venue", "series", "plan", "offers", "discounts", "roles", "access", "free", "donation", "observes"),
    *("cancelled", "changes"),
)
RICH_TEXTS = ("sign_up", "how_to_join")


class PageWriter:
    """Writes the pages of one centre under its home page.

    `texts`: what `texts.read` returned; `around`: Surroundings; `at`: the moment of loading (aware).
    """

    def __init__(self, site, texts, around, at):
        self.site, self.texts, self.around, self.at = site, texts, around, at
        self.home = site.root_page.specific
        self.written = []
        self.areas, self.goals = {}, {}

    def write(self):
        """Write, then publish everything; returns the pages in the order in which they were published."""
        self.keep(self.home, self.texts["centre"]["home"])
        with disable_reference_index_auto_update():  # publication brings it up to date
            self.venues()
            self.mission()
            self.partners_and_projects()
            self.sections()
            self.events()
            self.news()
            self.plain_pages()
        self.around.pages = {self.address(page): page for page, _ in self.written}
        self.around.venues = {page.slug: page for page, _ in self.written if isinstance(page, VenuePage)}
        for page, texts in self.written:
            self.fill_texts(page, texts)
            page.save_revision().publish()
        self.declaration()
        write_evaluation(self.site, self.texts["shared_evaluation"], self.texts.get("evaluation", {}), at=self.at)
        self.after_publishing()
        return [page for page, _ in self.written]

    def address(self, page):
        return "/" if page.pk == self.home.pk else f"/{page.url_path.removeprefix(self.home.url_path)}"

    def starting_page(self, model):
        """A page that every centre has from its first day."""
        return model.objects.descendant_of(self.home).get()

    def keep(self, page, texts):
        """Set the plain fields of a page and remember its longer texts for the second round."""
        for name, value in texts.items():
            if name not in (*STREAMS, *RICH_TEXTS, "slug") and hasattr(type(page), name):
                setattr(page, name, self.value(name, value))
        self.written.append((page, texts))
        return page

    def value(self, name, value):
        if name == "image":
            return self.around.images[value]
        return self.around.words(value) if isinstance(value, str) else value

    def add(self, parent, page, texts):
        """A new page under `parent`; what it links to may not exist yet, so it is not published here."""
        page.title, page.slug, page.live = texts["title"], texts["slug"], False
        self.keep(page, texts)
        return parent.add_child(instance=page)

    def fill_texts(self, page, texts):
        for name in STREAMS:
            if name in texts:
                field = page._meta.get_field(name)
                setattr(page, name, field.to_python(self.around.stream(texts[name])))
        for name in RICH_TEXTS:
            if name in texts:
                setattr(page, name, self.around.rich_text(texts[name]))

    def day(self, words):
        return self.around.days.day(words)

    def venues(self):
        index = self.keep(self.starting_page(VenueIndexPage), self.texts["venues"]["index"])
        self.places = {}
        for texts in self.texts["venues"]["venues"]:
            plain = {name: value for name, value in texts.items() if name not in ("access", "part_of", "hours")}
            page = VenuePage(
                part_of=self.places[texts["part_of"]] if "part_of" in texts else None,
                access_checked_on=self.day("środa -3"),
                access=access_rows(VenueAccess, texts, self.around.days),
                opening_hours=venue_hours(texts),
            )
            self.places[texts["slug"]] = self.add(index, page, plain)

    def mission(self):
        texts = self.texts["mission"]
        mission = self.keep(self.starting_page(MissionPage), texts["mission"])
        for area in texts.get("areas", []):
            self.areas[area["numeral"]] = self.add(mission, StrategicAreaPage(), area)
        index = self.keep(self.starting_page(GoalIndexPage), texts["goals"])
        for goal in texts["goal"]:
            plain = {name: value for name, value in goal.items() if name != "area"}
            page = GoalPage(number=goal["number"], area=self.areas.get(goal.get("area")))
            self.goals[goal["number"]] = self.add(index, page, plain)

    def partners_and_projects(self):
        texts = self.texts["mission"]
        index = self.keep(self.starting_page(PartnerIndexPage), texts["partners_index"])
        for partner in texts.get("partners", []):
            self.serving(self.add(index, PartnerPage(), without_links(partner)), partner)
        index = self.keep(self.starting_page(ProjectIndexPage), texts["projects_index"])
        for project in texts["projects"]:
            plain = without_links(project)
            page = ProjectPage(
                start_date=self.day(plain.pop("start")) if "start" in plain else None,
                end_date=self.day(plain.pop("end")) if "end" in plain else None,
                amount=Decimal(plain.pop("amount")) if "amount" in plain else None,
            )
            self.serving(self.add(index, page, plain), project)

    def serving(self, page, texts):
        """Link a page to the goals and areas that its text names."""
        for name, known in (("goals", self.goals), ("areas", self.areas)):
            if name in texts:
                setattr(page, name, [known[number] for number in texts[name]])

    def sections(self):
        settings = ProgrammeSettings.for_site(self.site)
        forms = {f"{form.family}: {form.name}": form for form in settings.section_forms.all()}
        index = self.keep(self.starting_page(SectionIndexPage), self.texts["sections"]["index"])
        for texts in self.texts["sections"]["sections"]:
            plain = {name: value for name, value in without_links(texts).items() if name not in ("form", "groups")}
            page = SectionPage(form=forms[texts["form"]], groups=[self.group(group) for group in texts["groups"]])
            self.serving(self.add(index, page, plain), texts)

    def group(self, texts):
        meetings = [
            Meeting(
                weekday=meeting["weekday"],
                start=time.fromisoformat(meeting["start"]),
                end=time.fromisoformat(meeting["end"]),
                venue=self.places[meeting["venue"]],
                room=meeting.get("room", ""),
            )
            for meeting in texts["meetings"]
        ]
        return Group(**{name: value for name, value in texts.items() if name != "meetings"}, meetings=meetings)

    def events(self):
        settings = ProgrammeSettings.for_site(self.site)
        kinds = {kind.name: kind for kind in settings.event_kinds.all()}
        index = self.keep(self.starting_page(EventIndexPage), self.texts["events"]["index"])
        breaks = {calendar.name: calendar for calendar in settings.break_calendars.all()}
        partners = partners_of(self.home)
        series = {
            texts["slug"]: self.add(index, SeriesPage(), texts) for texts in self.texts["events"].get("series", [])
        }
        for texts in self.texts["events"]["events"]:
            plain = {name: value for name, value in without_links(texts).items() if name not in MADE_OF_ROWS}
            page = EventPage(
                kind=kinds[texts["kind"]],
                venue=self.places[texts["venue"]],
                series=series[texts["series"]] if "series" in texts else None,
                is_accessible_for_free=texts["free"],
                is_donation=texts.get("donation", False),
                plan=[plan_line(row, self.around.days) for row in texts["plan"]],
                access=access_rows(EventAccess, texts, self.around.days),
                **children(texts, partners),
            )
            page.observes = [breaks[name] for name in texts.get("observes", [])]
            self.serving(self.add(index, page, plain), texts)

    def news(self):
        index = self.keep(self.starting_page(NewsIndexPage), self.texts["news"]["index"])
        for texts in self.texts["news"]["news"]:
            plain = {name: value for name, value in texts.items() if name != "days_ago"}
            morning = datetime.combine(
                self.around.days.today - timedelta(days=texts["days_ago"]), time(9, 30), timezone.get_default_timezone()
            )
            self.add(index, NewsPage(first_published_at=morning), plain)

    def plain_pages(self):
        texts = self.texts["pages"]
        self.keep(self.starting_page(ContactPage), texts["contact"])
        self.keep(self.starting_page(AccessibilityHubPage), texts["accessibility"])
        self.keep(self.starting_page(MinorsProtectionPage), self.texts["statutory"]["minors"])
        self.keep(self.starting_page(DataProtectionPage), self.texts["statutory"]["data_protection"])
        for page in texts["standard"]:
            self.add(self.home, StandardPage(), page)

    def declaration(self):
        """A sample declaration; where the site has a real barrier, it is an accepted finding that is listed."""
        page = self.starting_page(DeclarationPage)
        barriers = [barrier_of(self.finding(texts)) for texts in self.texts.get("declaration", {}).get("barriers", [])]
        fill_sample(page, page.centre, self.at, barriers=barriers)
        page.save_revision().publish()

    def finding(self, texts):
        """What a test by a person has found and the coordinator has accepted, to be mended by next spring."""
        facts = {name: self.around.words(value) for name, value in texts.items()}
        return Finding.objects.create(
            site=self.site,
            source=FindingSource.MANUAL,
            message=facts["what"],
            state=FindingState.ACCEPTED,
            repair_on=self.around.days.today.replace(year=self.around.days.today.year + 1, month=3, day=31),
            is_content=True,
            page=next((page for page, _ in self.written if self.address(page) == facts["address"]), None),
            places=[{"address": facts["address"], "selector": "", "excerpt": ""}],
            first_seen_at=self.at,
            last_seen_at=self.at,
            state_changed_at=self.at,
            **facts,
        )

    def after_publishing(self):
        """What publication itself cannot know: which evening is off, and that all this was published at `at`."""
        pages = {page.slug: page for page, _ in self.written if isinstance(page, EventPage)}
        for texts in self.texts["events"]["events"]:
            if "cancelled" in texts:
                pages[texts["slug"]].occurrences.update(
                    status=EventStatus.CANCELLED, reason=texts["cancelled"], sequence=1, changed_at=self.at
                )
            change_dates(pages[texts["slug"]], texts.get("changes", []), self.places, at=self.at)
        tree = self.home.get_descendants(inclusive=True)
        tree.update(last_published_at=self.at, latest_revision_created_at=self.at)
        tree.not_type(NewsPage).update(first_published_at=self.at)
        for page in NewsPage.objects.descendant_of(self.home):
            NewsPage.objects.filter(pk=page.pk).update(last_published_at=page.first_published_at)


def without_links(texts):
    """The texts of a page without what is linked rather than printed."""
    return {name: value for name, value in texts.items() if name not in ("goals", "areas")}
