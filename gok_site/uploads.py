"""An upload while media cannot be stored is refused like any other mistake in a form: in words, and with nothing kept."""

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from gok_site.outages import StorageAwayError


def refuse_while_away(form):
    """Add an error to the field `file` of a form that brings one, when the store of media does not answer."""
    if not form.is_bound or form.errors or "file" not in form.changed_data:
        return
    try:
        default_storage.exists("documents")
    except StorageAwayError:
        form.add_error("file", _("Files cannot be stored just now. Please try again in a few minutes."))


class ImageForm(BaseImageForm):
    def full_clean(self):
        # Last: the model would find fault with a file that the form has taken away already.
        super().full_clean()
        refuse_while_away(self)


class DocumentForm(BaseDocumentForm):
    def full_clean(self):
        # Last: the model would find fault with a file that the form has taken away already.
        super().full_clean()
        refuse_while_away(self)
