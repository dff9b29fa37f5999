"""The pieces that editors compose pages from.

Each piece offers only choices every visitor can use: pictures are described or declared decorative,
headings keep their order, tables have headers, links say where they go, films have captions and a transcript.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    EmailBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock

from .alt_text import DescribedImageBlock

HEADING_ORDER = _("A part of a part needs a part before it: choose the level “part”, or add such a heading above.")
TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(StructBlock):
    """Starts a part of the page. The page's title is the level above."""

    level = ChoiceBlock([("h2", _("part")), ("h3", _("part of a part"))], default="h2", label=_("level"))
    text = CharBlock(max_length=120, label=_("heading"))

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "mission/blocks/heading.html"
        description = _("Starts a part of the page")
        preview_value = {"level": "h2", "text": "Pracownia ceramiki"}


class FigureBlock(StructBlock):
    """A picture, described in words or declared decorative, with its caption and credit."""

    image = DescribedImageBlock(label=_("picture"))
    caption = CharBlock(required=False, max_length=200, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "mission/blocks/figure.html"
        description = _("A picture with a caption")
        preview_value = {"image": None, "caption": "Wypał raku na dziedzińcu"}


class GalleryBlock(StructBlock):
    """Several pictures of one occasion."""

    title = CharBlock(max_length=120, label=_("what the pictures show"))
    pictures = ListBlock(FigureBlock(), min_num=2, max_num=30, label=_("pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "mission/blocks/gallery.html"
        description = _("Several pictures of one occasion")
        preview_value = {"title": "Dożynki", "pictures": []}


class QuotationBlock(StructBlock):
    """Somebody's words, and whose they are."""

    text = TextBlock(label=_("words"))
    author = CharBlock(max_length=120, label=_("who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "mission/blocks/quotation.html"
        description = _("Somebody's words with their name")
        preview_value = {"text": "Najpierw jest glina, potem cisza.", "author": "Anna Przykładowa"}


class TableBlock(StructBlock):
    """A table with a caption and headers, never a picture of one."""

    caption = CharBlock(max_length=160, label=_("caption"), help_text=_("What the table is about."))
    first_column_is_header = BooleanBlock(required=False, default=True, label=_("the first column names the rows"))
    table = TypedTableBlock([("text", CharBlock(label=_("text"), required=False))], label=_("table"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "mission/blocks/table.html"
        description = _("A table with a caption and headers")
        preview_value = {"caption": "Cennik", "first_column_is_header": True, "table": None}


class AccordionItemBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("question or title"))
    text = RichTextBlock(features=TEXT_FEATURES, label=_("text"))


class AccordionBlock(StructBlock):
    """Questions whose answers unfold; the browser's own `details`, so it works without scripts."""

    items = ListBlock(AccordionItemBlock(), min_num=1, label=_("questions"))

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        template = "mission/blocks/accordion.html"
        description = _("Titles under which text unfolds")
        preview_value = {"items": [{"title": "Czy trzeba się zapisać?", "text": "<p>Nie, wystarczy przyjść.</p>"}]}


class LinkValue(StructValue):
    """Where a link leads, whichever of its two fields was filled."""

    @property
    def href(self):
        page = self.get("page")
        return page.url if page else self.get("url")


class CallToActionBlock(StructBlock):
    """One thing to do next, said in words that make sense out of context."""

    text = CharBlock(
        max_length=80, label=_("what it says"), help_text=_("A verb and its object: “Sign up for ceramics”.")
    )
    page = PageChooserBlock(required=False, label=_("page of this site"))
    url = URLBlock(required=False, label=_("or an address elsewhere"))

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "mission/blocks/call_to_action.html"
        description = _("A large link to one next step")
        value_class = LinkValue
        preview_value = {"text": "Zapisz się na ceramikę", "page": None, "url": "https://example.org/"}

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise ValidationError(_("Choose a page or write an address: exactly one of them."))
        return cleaned


class FileBlock(StructBlock):
    """A document to download; its format and size are printed beside its title."""

    document = DocumentChooserBlock(label=_("document"))
    title = CharBlock(required=False, max_length=160, label=_("title, if other than the document's"))

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "mission/blocks/file.html"
        description = _("A document to download, with format and size")
        preview_value = {"document": None, "title": "Regulamin pracowni"}


class VideoBlock(StructBlock):
    """A film from our own files with captions and transcript, or a plain link; never a foreign frame."""

    title = CharBlock(max_length=160, label=_("title"))
    video = DocumentChooserBlock(required=False, label=_("film file (MP4 or WebM)"))
    captions = DocumentChooserBlock(required=False, label=_("captions file (VTT)"))
    url = URLBlock(required=False, label=_("or the film's address elsewhere"))
    transcript = RichTextBlock(
        required=False,
        features=TEXT_FEATURES,
        label=_("transcript"),
        help_text=_("What is said, and what is seen, in words."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        template = "mission/blocks/video.html"
        description = _("A film with captions and a transcript, or a link to one")
        preview_value = {"title": "Jak powstaje garnek", "url": "https://example.org/film"}

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned.get("video")) == bool(cleaned.get("url")):
            raise ValidationError(_("Choose a film file or write an address: exactly one of them."))
        if cleaned.get("video") and not (cleaned.get("captions") and cleaned.get("transcript").source.strip()):
            raise ValidationError(_("A film of our own needs its captions and its transcript."))
        return cleaned


class PersonBlock(StructBlock):
    name = CharBlock(max_length=120, label=_("name"))
    role = CharBlock(required=False, max_length=160, label=_("what they do here"))
    telephone = CharBlock(required=False, max_length=30, label=_("telephone"))
    email = EmailBlock(required=False, label=_("e-mail"))
    image = DescribedImageBlock(required=False, label=_("picture"))


class PeopleBlock(StructBlock):
    """People one can turn to."""

    title = CharBlock(required=False, max_length=120, label=_("title"))
    people = ListBlock(PersonBlock(), min_num=1, label=_("people"))

    class Meta:
        icon = "group"
        label = _("People")
        template = "mission/blocks/people.html"
        description = _("Names, what they do, how to reach them")
        preview_value = {
            "title": "Instruktorzy",
            "people": [{"name": "Anna Przykładowa", "role": "ceramika"}],
        }


class ContactBlock(StructBlock):
    """The centre's own contact, printed from its data, so that it is never out of date."""

    note = CharBlock(required=False, max_length=200, label=_("note"))

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "mission/blocks/contact.html"
        description = _("Telephone and e-mail from the centre's data")
        preview_value = {"note": "Sekretariat odpowiada w dni robocze."}


class AddressBlock(StructBlock):
    """A place as an address in words with a plain link to a map; no map is loaded."""

    name = CharBlock(max_length=120, label=_("name of the place"))
    street = CharBlock(max_length=120, label=_("street and number"))
    postal_code = CharBlock(max_length=6, label=_("postal code"))
    town = CharBlock(max_length=80, label=_("town"))
    directions = TextBlock(required=False, label=_("how to get there"))
    map_url = URLBlock(required=False, label=_("address of a map"))

    class Meta:
        icon = "site"
        label = _("Place")
        template = "mission/blocks/address.html"
        description = _("An address with a link to a map")
        preview_value = {
            "name": "Świetlica",
            "street": "ul. Przykładowa 1",
            "postal_code": "00-000",
            "town": "Przykładowo",
        }


class ContentBlock(StreamBlock):
    """Everything the body of a page may contain."""

    heading = HeadingBlock()
    text = RichTextBlock(
        features=TEXT_FEATURES,
        icon="pilcrow",
        label=_("Text"),
        template="mission/blocks/text.html",
        description=_("Paragraphs, lists, links"),
        preview_value="<p>Glina wybacza wszystko oprócz pośpiechu.</p>",
    )
    figure = FigureBlock()
    gallery = GalleryBlock()
    quotation = QuotationBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    call_to_action = CallToActionBlock()
    file = FileBlock()
    video = VideoBlock()
    people = PeopleBlock()
    contact = ContactBlock()
    address = AddressBlock()

    class Meta:
        label = _("Text")

    def clean(self, value):
        cleaned = super().clean(value)
        headings = [(i, child.value["level"]) for i, child in enumerate(cleaned) if child.block_type == "heading"]
        if headings and headings[0][1] == "h3":
            raise StreamBlockValidationError(block_errors={headings[0][0]: ValidationError(HEADING_ORDER)})
        return cleaned
