"""Sample documents, written here byte for byte: two that everybody can read, one that not everybody can."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image

from .pictures.canvas import Canvas, around

TEXT = "application/vnd.oasis.opendocument.text"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "style": "style",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
    }.items()
)
LONG_AGO = (2000, 1, 1, 0, 0, 0)  # the same bytes on every machine and day


def letter(title, lines):
    """An OpenDocument text with real headings, its title and its language; `# ` before a line makes a heading."""
    body = "".join(
        f'<text:h text:outline-level="2">{escape(line[2:])}</text:h>'
        if line.startswith("# ")
        else f"<text:p>{escape(line)}</text:p>"
        for line in lines
    )
    files = {
        "mimetype": TEXT,
        "META-INF/manifest.xml": f'<manifest:manifest {NAMESPACES} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TEXT}"/>'
        + "".join(
            f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
            for name in ("content", "styles", "meta")
        )
        + "</manifest:manifest>",
        "content.xml": f'<office:document-content {NAMESPACES} office:version="1.3"><office:body><office:text>'
        f'<text:h text:outline-level="1">{escape(title)}</text:h>{body}'
        "</office:text></office:body></office:document-content>",
        "styles.xml": f'<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties '
        'fo:language="pl" fo:country="PL" fo:font-size="12pt"/></style:default-style>'
        "</office:styles></office:document-styles>",
        "meta.xml": f'<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'office:version="1.3"><office:meta><dc:title>{escape(title)}</dc:title><dc:language>pl-PL</dc:language>'
        "</office:meta></office:document-meta>",
    }
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            head = '<?xml version="1.0" encoding="UTF-8"?>' if name.endswith(".xml") else ""
            entry = zipfile.ZipInfo(name, LONG_AGO)
            # The norm wants the type first and readable without unpacking.
            entry.compress_type = zipfile.ZIP_DEFLATED if head else zipfile.ZIP_STORED
            archive.writestr(entry, head + content)
    return output.getvalue()


def seating_plan(hue):
    """A PDF that is one picture: no text, no tags, no title. The declaration of its site tells of this barrier."""
    sheet = Canvas(hue, "sheet")
    sheet.box(420, 60, 760, 70, "deep", 30)
    for row in range(12):
        seats = 14 + row
        for seat in range(seats):
            degrees = 90 + (seat - (seats - 1) / 2) * (3.4 - row * 0.09)
            x, y = around(800, -560, 860 + row * 54, degrees)
            at_the_end = row == 2 and seat in (0, 1, 2, seats - 3, seats - 2, seats - 1)
            sheet.box(x - 15, y - 15, 30, 30, "accent" if at_the_end else "brand", 8)
    output = BytesIO()
    # A fixed date: Pillow would write today's.
    sheet.finished().convert("P", palette=Image.Palette.ADAPTIVE, colors=16).convert("RGB").save(
        output, "PDF", resolution=150, creationDate=None, modDate=None
    )
    return output.getvalue()


FORM = [
    "Konkurs rysunkowy „Moja wieś za sto lat”. Dokument przykładowy.",
    "# Kto zgłasza pracę",
    "Imię i nazwisko: ……………………………………",
    "Wiek: …………",
    "Telefon lub e-mail: ……………………………………",
    "# Jaka to praca",
    "Tytuł: ……………………………………",
    "Jedno zdanie o tym, co na niej widać: ……………………………………",
    "# Podpis",
    "Zgadzam się z regulaminem konkursu (za osobę niepełnoletnią podpisuje opiekun).",
    "Data i podpis: ……………………………………",
]
RULES = [
    "Konkurs fotograficzny „Mszczonów do góry nogami”. Dokument przykładowy.",
    "# Trzy rzeczy, o których warto pamiętać",
    "Każdy zgłasza do trzech fotografii. Mogą pochodzić z telefonu.",
    "Każda fotografia ma jednozdaniowy opis dla osób, które jej nie zobaczą.",
    "Gdy na zdjęciu widać twarz, potrzebna jest zgoda tej osoby.",
    "# Zgoda opiekuna",
    "Zgadzam się na udział dziecka w konkursie.",
    "Imię i nazwisko dziecka: ……………………………………",
    "Data i podpis opiekuna: ……………………………………",
]

#: By hostname: name of the file → (title, function of the hue that returns its bytes).
DOCUMENTS = {
    "localhost": {
        "karta-zgloszenia.odt": (
            "Karta zgłoszenia do konkursu",
            lambda hue: letter("Karta zgłoszenia do konkursu", FORM),
        ),
    },
    "mok.localhost": {
        "regulamin-konkursu.odt": (
            "Regulamin konkursu fotograficznego",
            lambda hue: letter("Regulamin konkursu fotograficznego", RULES),
        ),
        "plan-widowni.pdf": ("Plan widowni (rysunek)", seating_plan),
    },
}
