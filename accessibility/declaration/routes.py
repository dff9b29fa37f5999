"""The declaration's addresses: the document, its evidence, its versions, its English rendering."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.routable_page.models import path

from accessibility.evidence.overview import evidence_of

from . import pdf, spec
from .differences import differences
from .versions import published_versions, version_before, version_on

EVIDENCE = gettext_lazy("Evidence for the declaration")
VERSIONS = gettext_lazy("Versions of the declaration")
PDF = gettext_lazy("Copy for printing (PDF); the original is the page")
# The pages of a declaration: address under it, and title.
PARTS = {"": spec.LINK_TEXT, "dowody/": EVIDENCE, "wersje/": VERSIONS, "en/": "English version"}


class DeclarationRoutes:
    """The routes of DeclarationPage; kept apart because they are about serving, not about data."""

    @path("")
    def binding(self, request):
        """The declaration as it stands."""
        return self.render_part(
            request, "", "declaration_page", lambda: {"document": self.document(timezone.localdate())}
        )

    @path("en/")
    def english(self, request):
        """The same data in English; a translation for information."""

        def content():
            document = self.document(timezone.localdate(), "en")
            return {"document": document, "title": document.words.h["declaration"]}

        return self.render_part(request, "en/", "declaration_english", content)

    @path("dowody/")
    def evidence(self, request):
        """What the declaration rests on."""

        def content():
            return {
                "title": EVIDENCE,
                "document": self.document(timezone.localdate()),
                "evidence": evidence_of(self, timezone.now()),
                "bundle_url": self.part_url("dowody/paczka.zip"),  # see accessibility.urls
            }

        return self.render_part(request, "dowody/", "declaration_evidence", content)

    @path("wersje/")
    def versions(self, request):
        """Every published version, newest first."""

        def content():
            versions = [(v, self.part_url(f"wersje/{v.day.isoformat()}/")) for v in published_versions(self)]
            return {"title": VERSIONS, "versions": versions}

        return self.render_part(request, "wersje/", "declaration_versions", content)

    @path("wersje/<iso_date:day>/")
    def version(self, request, day):
        """The declaration that was in force at the end of one day."""
        version = version_on(self, day) if day <= timezone.localdate() else None
        if version is None:
            raise Http404

        def content():
            return {
                "title": _("Declaration in force on %(day)s") % {"day": date_format(day, "j E Y")},
                "document": version.document(),
                "version": version,
                "day": day,
                **self.compared(version),
            }

        response = self.render_part(request, "wersja", "declaration_version", content)
        response["X-Robots-Tag"] = "noindex"
        return response

    def compared(self, version):
        """What `version` says differently from the one before it, for the template."""
        before = version_before(self, version)
        if before is None:
            return {"before": None}
        documents = [other.document().html() for other in (before, version)]
        return {
            "before": before,
            "before_url": self.part_url(f"wersje/{before.day.isoformat()}/"),
            "changes": differences(*documents),
        }

    def render_part(self, request, part, template, content):
        """Answer with one of the declaration's pages.

        `part`: its address under the declaration; `content`: a function, called when the page must be rendered anew,
        that gives what its template prints.
        """
        context = self.get_context(request)
        if not context["page_pieces"].are_whole:
            context |= self.around(part) | content()
        return TemplateResponse(request, f"accessibility/{template}.html", context)

    def around(self, part):
        """What every page of the declaration prints about the others."""
        parts = PARTS | ({pdf.FILE_NAME: PDF} if pdf.is_available() else {})
        return {
            "parts": [(title, self.part_url(other)) for other, title in parts.items() if other != part],
            "trail": [*self.breadcrumbs, (self.title, self.get_url(current_site=self.get_site()))],
        }

    def part_url(self, part):
        """The path of one of the addresses under the declaration, for example `dowody/`."""
        return f"{self.get_url(current_site=self.get_site()) or ''}{part}"
