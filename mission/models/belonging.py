"""Whose is it? Several centres live in one installation, and nobody reaches into the neighbour's things.

A page belongs to the centre under whose root it stands, a picture or document to the centre in whose collection
it lies. Editors' choosers offer only what is theirs; the check here also holds against a request made by hand.
"""

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import CollectionMember, Page, PagePermissionTester

FOREIGN = _("This belongs to another centre. Choose something of this one.")


class KeptPagePermissionTester(PagePermissionTester):
    """Nobody but an administrator deletes or moves a page whose address is promised, or takes a centre's home away."""

    @property
    def is_kept(self):
        return self.page.depth == 2 or bool(getattr(self.page.specific_class, "fixed_slug", ""))

    def can_delete(self, ignore_bulk=False):
        if self.is_kept and not self.user.is_superuser:
            return False
        return super().can_delete(ignore_bulk=ignore_bulk)

    def can_unpublish(self):
        if self.page.depth == 2 and not self.user.is_superuser:
            return False
        return super().can_unpublish()

    def can_set_view_restrictions(self):
        # Everything that a centre publishes is public; the dialogue would show all centres' groups.
        return self.user.is_superuser and super().can_set_view_restrictions()


class SiteSettingForm(WagtailAdminModelForm):
    """The form of one centre's settings: refuses another centre's pictures and documents."""

    def clean(self):
        cleaned = super().clean()
        refuse_foreign(self, self.instance.site)
        return cleaned


def offer_own_pages(form, site):
    """Leave only pages of `site` in those fields of `form` that offer pages."""
    for field in form.fields.values():
        offered = getattr(field, "queryset", None)
        if offered is not None and issubclass(offered.model, Page):
            field.queryset = offered.filter(path__startswith=site.root_page.path)


def refuse_foreign(form, site):
    """Add an error to each field of `form`, and of the rows in it, that refers to another centre's things."""
    # By name, because the centre's data are checked with this, too.
    others = apps.get_model("mission", "CentreSettings").objects.exclude(site=site).exclude(collection=None)
    foreign_collections = tuple(others.values_list("collection__path", flat=True))
    for part in _with_rows(form):
        for name, value in list(part.cleaned_data.items()):
            if any(_is_foreign(thing, site, foreign_collections) for thing in _things(part, name, value)):
                part.add_error(name, FOREIGN)


def _with_rows(form):
    """`form` and all forms of its child rows, however deep, that hold valid data and stay."""
    if not hasattr(form, "cleaned_data"):
        return
    yield form
    for formset in getattr(form, "formsets", {}).values():
        formset.is_valid()
        for row in formset.forms:
            if row not in formset.deleted_forms:
                yield from _with_rows(row)


def _things(form, name, value):
    """The pages, pictures and documents that the value of one field refers to."""
    if isinstance(value, (list, QuerySet)):
        return list(value)
    field = next((field for field in form._meta.model._meta.fields if field.name == name), None)
    if value and hasattr(field, "extract_references"):
        return _referred(field.extract_references(value))
    return [value]


def _referred(references):
    """What texts refer to; a link to a live page is left out, because such a page is public."""
    for model, pk, *_path in references:
        thing = model._default_manager.filter(pk=pk).first()
        if not (isinstance(thing, Page) and thing.live):
            yield thing


def _is_foreign(thing, site, foreign_collections):
    if isinstance(thing, Page):
        return not thing.path.startswith(site.root_page.path)
    if isinstance(thing, CollectionMember):
        return thing.collection.path.startswith(foreign_collections)
    return False
