"""Pictures and documents of a sample centre, and the copies of pictures that its pages will ask for."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.images.models import Filter

from mission.models import CentreImage, CentreRendition, ImageLicence
from mission.renditions import filter_specs

from .documents import DOCUMENTS
from .pictures import DRAWINGS, FOCUS, draw

CREDIT = "Ilustracja przykładowa"
FIGURE = re.compile(r"^:figure (\w+)", re.MULTILINE)
GALLERY = re.compile(r"^:gallery [^|\n]+\| *([\w ]+)$", re.MULTILINE)


def add_pictures(hue, collection):
    """Draw every sample picture in one hue (degrees) and keep it; returns CentreImage by name."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        files = dict(zip(DRAWINGS, pool.map(lambda name: _png(draw(name, hue)), DRAWINGS), strict=True))
    images = {}
    for name, (_, title, description) in DRAWINGS.items():
        left, top, wide, high = FOCUS.get(name, FOCUS[""])
        images[name] = CentreImage(
            title=title,
            description=description,
            credit=CREDIT,
            licence=ImageLicence.CC0,
            collection=collection,
            file=ContentFile(files[name], f"{name}-{hue}.png"),
            focal_point_x=left + wide // 2,
            focal_point_y=top + high // 2,
            focal_point_width=wide,
            focal_point_height=high,
        )
        images[name].save()
        images[name].file.close()
    return images


def _png(picture):
    output = BytesIO()
    picture.quantize(64).save(output, "PNG")
    return output.getvalue()


def add_documents(hostname, hue, collection):
    """Write the sample documents of one centre; returns them by the name of their file without its ending."""
    documents = {}
    for filename, (title, write) in DOCUMENTS[hostname].items():
        document = get_document_model()(title=title, collection=collection)
        document.file.save(filename, ContentFile(write(hue)), save=True)
        document.file.close()
        documents[Path(filename).stem] = document
    return documents


def copies_needed(content):
    """Which sizes and formats the templates print of which sample picture: Wagtail filter specs by name.

    `content`: the texts of a centre. A picture in a figure or gallery is printed by that block's template, one
    that belongs to a page by all the others; no sample person has a portrait.
    """
    text = "\n".join(_strings(content))
    figures, galleries = FIGURE.findall(text), [name for names in GALLERY.findall(text) for name in names.split()]
    printed_by = {"figure.html": figures, "gallery.html": galleries, "people.html": []}
    needed = {name: set() for name in DRAWINGS}
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for template in Path(folder).rglob("*.html"):
            specs = filter_specs(template.read_text(encoding="utf-8"))
            for name in printed_by.get(template.name, DRAWINGS):
                needed[name].update(specs)
    return needed


def _strings(value):
    """Every text inside dictionaries and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


@contextmanager
def renditions_made_meanwhile(images, needed):
    """Make the copies of pictures while the caller does something else, so that no first visitor waits for them.

    `images`: CentreImage by name; `needed`: their filter specs by name. The rows are written at the end. Wagtail's own way opens and measures every
    file several times over and uses one core, which on a small machine is a minute.
    """

    def copies(name):
        image = images[name]
        with image.file.open() as file, PillowImage.open(file) as picture:
            source = BytesIO()
            picture.convert("RGB").save(source, "BMP")  # unpacked: it is read once for every copy
        return [_copy(image, Filter(spec=spec), source) for spec in sorted(needed[name])]

    # Pillow lets go of the interpreter while it works, so two threads use two cores.
    with ThreadPoolExecutor(max_workers=2) as pool:
        made = pool.map(copies, images)
        yield
        CentreRendition.objects.bulk_create(chain.from_iterable(made))


def _copy(image, wanted, source):
    """One copy, its file stored; `wanted`: Filter; `source`: the picture in a format that opens quickly."""
    source.seek(0)
    file = image.generate_rendition_file(wanted, source=File(source, image.file.name))
    with PillowImage.open(file) as picture:
        width, height = picture.size
    rendition = CentreRendition(
        image=image, filter_spec=wanted.spec, focal_point_key=wanted.get_cache_key(image), width=width, height=height
    )
    field = CentreRendition._meta.get_field("file")
    file.seek(0)
    rendition.__dict__["file"] = field.storage.save(field.generate_filename(rendition, file.name), file)
    file.close()
    return rendition
