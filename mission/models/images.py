"""Pictures that say who made them, and that carry no trace of where or with what they were taken."""

from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from PIL import ImageOps, ImageSequence
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from ..alt_text import NOT_WORDS, is_file_name


class ImageLicence(models.TextChoices):
    """How others may use a picture; the value is the SPDX identifier where there is one."""

    RESERVED = "reserved", _("all rights reserved, used with consent")
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0"
    PUBLIC_DOMAIN = "public-domain", _("public domain")


class CentreImage(AbstractImage):
    """A picture with its author and licence; place and camera are taken out before it is kept."""

    credit = models.CharField(
        _("author or archive"), max_length=120, blank=True, help_text=_("Printed under the picture.")
    )
    licence = models.CharField(_("licence"), max_length=20, choices=ImageLicence, default=ImageLicence.RESERVED)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self):
        # Wagtail would fall back on the title, which begins as the name of the file.
        return self.description

    def clean(self):
        super().clean()
        if is_file_name(self.description):
            raise ValidationError({"description": NOT_WORDS})

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            name = self.file.name
            self.file = ContentFile(without_metadata(self.file), name=name)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter, *, source=None):  # noqa: A002 - named by Wagtail
        """Wagtail's own file, moved into memory: Wagtail would leave its temporary file open."""
        with super().generate_rendition_file(filter, source=source) as generated:
            generated.seek(0)
            return ImageFile(BytesIO(generated.read()), name=generated.name)

    def get_renditions(self, *filters):
        """Wagtail's copies, by filter spec; of those that came out in the same format and size, the first one only.

        No copy is larger than its picture, so a small one gives several of a size, and a `srcset` may name no width
        twice: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes
        """
        different = {}
        for spec, rendition in super().get_renditions(*filters).items():
            form = (Path(rendition.file.name).suffix, rendition.width, rendition.height)
            if form in different:
                rendition.file.close()
            else:
                different[form] = (spec, rendition)
        return dict(different.values())


class CentreRendition(AbstractRendition):
    """A copy of a picture in one size and format."""

    image = models.ForeignKey(CentreImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("picture rendition")
        verbose_name_plural = _("picture renditions")


def without_metadata(file):
    """The bytes of an image file with its pixels, colour profile and animation, and nothing else.

    `file`: a readable binary file. Raises Pillow's `UnidentifiedImageError` on anything but a picture.
    """
    file.seek(0)
    with PillowImage.open(file) as picture:
        kind = picture.format
        kept = {"icc_profile": picture.info.get("icc_profile")}
        if getattr(picture, "is_animated", False):
            frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)]
            kept |= {
                "save_all": True,
                "append_images": frames[1:],
                "duration": picture.info.get("duration", 100),
                "loop": picture.info.get("loop", 0),
            }
            picture = frames[0]
        else:
            # Turned upright first, because the orientation lies in the metadata too.
            picture = _bare(ImageOps.exif_transpose(picture))
        if kind in ("JPEG", "WEBP", "AVIF"):
            kept["quality"] = 92
        output = BytesIO()
        picture.save(output, format=kind, **kept)
    return output.getvalue()


def _bare(picture):
    copy = picture.copy()
    copy.info = {key: value for key, value in copy.info.items() if key in ("transparency", "background")}
    return copy
