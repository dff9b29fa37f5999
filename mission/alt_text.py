"""Alternative texts: words about a picture, not the name of its file."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

FILE_NAME = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|heic|tiff?|bmp)$|^(img|dsc[fn]?|pict?|image|photo|foto|scan|screenshot|zrzut)?[\s_-]*\d{2,}[\d\s_-]*$",
    re.IGNORECASE,
)
NOT_WORDS = _("This is the name of a file. Say in words what the picture shows.")


def is_file_name(text):
    """Whether `text` is what a camera or a telephone calls a file: IMG_2041, DSC00017.jpg, 20260412_183000."""
    return bool(FILE_NAME.search(text.strip())) and bool(text.strip())


class DescribedImageBlock(ImageBlock):
    """A picture, described in words or declared decorative (WCAG 2.2 SC 1.1.1)."""

    def clean(self, value):
        cleaned = super().clean(value)
        alt = getattr(cleaned, "contextual_alt_text", None) or ""
        if is_file_name(alt):
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(NOT_WORDS)})
        return cleaned
