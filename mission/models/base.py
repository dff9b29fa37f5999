"""The one abstract page that every page of the site shares."""

from http import HTTPMethod

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import Page, Site
from wagtail.search import index

from mission import fragments, polish
from mission.plain_text import CONTROL, plain_line, plain_lines

from .belonging import KeptPagePermissionTester, offer_own_pages, refuse_foreign

TAKEN_SLUG = _("This address belongs to a fixed part of the site. Choose another.")


class CentrePageForm(WagtailAdminPageForm):
    """Refuses addresses that the site itself needs, and what belongs to another centre."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        page = self.instance if self.instance.path else self.parent_page
        self.site = page.get_site() if page else None
        if self.site:
            offer_own_pages(self, self.site)

    def clean(self):
        cleaned = super().clean()
        if self.site:
            refuse_foreign(self, self.site)
        return cleaned

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in reserved_slugs(self.parent_page) - {self.instance.fixed_slug}:
            raise forms.ValidationError(TAKEN_SLUG)
        return slug


class BasePage(Page):
    """What every page has, and why.

    `summary`       the sentence that lists, search results and shared links print
    `search_words`  words that residents use and the text does not (dialect, nicknames)
    `share_image`   the picture of a shared link, when the page shows no other
    `reviewed_*`    evidence that a person has checked the page, asked for by auditors
    `fixed_slug`    an address promised to the public (house rule): editors cannot change it
    `get_content`   what a page prints, asked for only when no finished piece of it is there
    `parameters`    what a page takes from its query, free text aside; with anything else it is rendered anew each time
    `allowed_http_methods`  pages are read; what is sent goes to views of its own
    """

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. Shown in lists, in search results and under shared links."),
    )
    search_words = models.CharField(
        _("extra search words"),
        max_length=255,
        blank=True,
        help_text=_("Words people may search for that do not stand in the text, separated by spaces."),
    )
    share_image = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewed_on = models.DateField(_("last checked on"), null=True, blank=True)
    reviewed_by = models.CharField(_("checked by (position)"), max_length=120, blank=True)

    fixed_slug = ""
    allowed_http_methods = (HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS)
    reserved_child_slugs = frozenset()
    parameters = frozenset()
    base_form_class = CentrePageForm

    content_panels = [
        *Page.content_panels,
        "summary",
    ]
    promote_panels = [
        MultiFieldPanel(["slug", "seo_title", "search_description"], heading=_("Address and search engines")),
        MultiFieldPanel(["show_in_menus", "search_words", "share_image"], heading=_("Menu, search, sharing")),
        MultiFieldPanel(["reviewed_on", "reviewed_by"], heading=_("Review")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("search_words"),
        index.SearchField("word_forms"),
    ]

    # Wagtail indexes a page before the rows that belong to it are written; `save` does so after them, once.
    search_auto_update = False

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or self._is_searched(update_fields):
            index.insert_or_update_object(type(self).objects.get(pk=self.pk))

    def _is_searched(self, names):
        """Whether the search knows one of the fields: a draft changes none of what it found."""
        searched = {field.field_name for field in self.search_fields if not isinstance(field, index.FilterField)}
        return not searched.isdisjoint(names)

    def full_clean(self, *args, **kwargs):
        if self.fixed_slug:
            self.slug = self.fixed_slug
        self._drop_control_characters()
        super().full_clean(*args, **kwargs)

    def _drop_control_characters(self):
        """One pasted control character would break feeds, exports and PostgreSQL: it stops here, at the model's door."""
        for field in self._meta.get_fields():
            if isinstance(field, models.CharField | models.TextField):
                value = getattr(self, field.attname)
                if isinstance(value, str) and CONTROL.search(value):
                    clean = plain_lines if isinstance(field, models.TextField) else plain_line
                    setattr(self, field.attname, clean(value))

    def clean(self):
        super().clean()
        if self.slug in reserved_slugs(self.get_parent()) - {self.fixed_slug}:
            raise ValidationError({"slug": TAKEN_SLUG})

    def get_context(self, request, *args, **kwargs):
        """Asks for `get_content` only when the page has to be rendered anew."""
        self.reached_at(Site.find_for_request(request))
        pieces = fragments.of_page(request, self.parameters)
        context = {**super().get_context(request, *args, **kwargs), "page_pieces": pieces}
        return context if pieces.are_whole else {**context, **self.get_content(request)}

    def reached_at(self, site):
        """Remember the Wagtail `site` (or None) at which a visitor asks, so that nobody looks it up again."""
        if site and self.path.startswith(site.root_page.path):
            self._site = site

    def get_site(self):
        return getattr(self, "_site", None) or super().get_site()

    def get_content(self, request):
        """What the page's head and main part print besides the page itself; the clock is read here."""
        return {}

    def get_preview_context(self, request, mode_name):
        # A page that was never saved has no dates or goals yet: the number of no row says so to every query.
        self.pk = self.pk or 0
        return super().get_preview_context(request, mode_name)

    def permissions_for_user(self, user):
        return KeptPagePermissionTester(user, self)

    @cached_property
    def breadcrumbs(self):
        """The way here from the site's root, as (title, address) pairs, this page left out."""
        site = self.get_site()
        ancestors = self._ancestors(site.root_page.depth) if site else []
        # Told for whom, Wagtail leaves the host out even where several sites share an installation.
        return [(page.title, page.get_url(current_site=site)) for page in ancestors]

    def _ancestors(self, depth):
        """The published pages above this one down from `depth`; whoever came along the address knows them already."""
        if not hasattr(self, "_cached_parent_obj"):
            return self.get_ancestors().live().filter(depth__gte=depth)
        above, page = [], self
        while page.depth > depth:
            page = page.get_parent()
            above.append(page)
        return [page for page in reversed(above) if page.live]

    @property
    def word_forms(self):
        """What the site's own search looks up: every word of the page in its dictionary forms."""
        return polish.searchable_text(f"{self.title} {self.search_words}", "\n".join(self.search_texts()))

    def search_texts(self):
        """Every text of the page that is searched, the title and the word forms aside."""
        return [text for text in _texts(self, {"title", "word_forms"}) if text]

    @property
    def description(self):
        """The text for `meta description` and Open Graph."""
        return self.search_description or self.summary


FIXED_PROMOTE_PANELS = [
    MultiFieldPanel(["seo_title", "search_description"], heading=_("Search engines")),
    *BasePage.promote_panels[1:],
]


def few(pages):
    """`pages` (a queryset of one type) asked for by their own table first, because there are few of that type.

    Asked by path or publication alone, SQLite reads every page of a full archive.
    """
    return pages.filter(pk__in=pages.model._base_manager.order_by().values("pk"))


def reserved_slugs(parent):
    """The addresses under `parent` (a page or None) that editors cannot take."""
    # The tree's root is a plain Wagtail page.
    return getattr(parent.specific_class, "reserved_child_slugs", frozenset()) if parent else frozenset()


def _texts(instance, left_out):
    """The plain texts of a page's search fields, those of related objects after its own."""
    for field in instance.get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in left_out:
            yield _flat(field.get_value(instance))
        elif isinstance(field, index.RelatedFields):
            related = field.get_value(instance)
            rows = related.all() if isinstance(related, models.Manager) else [related] if related else []
            for row in rows:
                yield from (_flat(part.get_value(row)) for part in field.fields)


def _flat(value):
    """A search field's value as Wagtail may give it (text, list, None) in one string."""
    if isinstance(value, (list, tuple)):
        return "\n".join(map(_flat, value))
    return "" if value is None else str(value)
