"""Stored documents, checked without a browser: whether a PDF can be read by those who do not see it."""

BYTES = 50 * 1024 * 1024
# Whoever reads five pages without a word has a scan before him.
PAGES_READ = 5


def is_checkable(filename):
    """Whether the format is one that we can judge; of the others an audit says that it did not."""
    return filename.lower().endswith(".pdf")


def broken_rules(stored):
    """Ids of the rules that a stored PDF (Wagtail's Document) breaks, in the order of their weight."""
    try:
        if stored.file.size > BYTES:
            return ["document-unreadable"]
        with stored.open_file() as file:
            return pdf_rules(file)
    except OSError:
        return ["document-unreadable"]


def pdf_rules(file):
    """Ids of the rules that the PDF in the open binary `file` breaks; never raises on broken PDFs."""
    from pypdf import PdfReader  # an optional package

    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return ["document-unreadable"]
        if not has_text(reader):
            # Without text there is nothing to tag, and a new document is wanted anyhow.
            return ["pdf-no-text"] if len(reader.pages) else ["document-unreadable"]
        root = reader.root_object
        checks = {
            "pdf-untagged": is_tagged(root),
            "pdf-no-title": has_title(reader),
            "pdf-no-language": bool(str(root.get("/Lang", "")).strip()),
        }
    except Exception:
        # The reader of PDF raises all kinds of errors on broken files: any of them means that nobody can be sure.
        return ["document-unreadable"]
    return [rule for rule, is_kept in checks.items() if not is_kept]


def has_text(reader):
    """Whether one of the first pages has words."""
    first = reader.pages[: min(PAGES_READ, len(reader.pages))]
    return any(page.extract_text().strip() for page in first)


def is_tagged(root):
    """Whether the document says that it is tagged, and has a tree of tags with something in it (PDF/UA, 7.1)."""
    marks, tree = root.get("/MarkInfo"), root.get("/StructTreeRoot")
    is_marked = bool(marks is not None and marks.get_object().get("/Marked"))
    return is_marked and tree is not None and bool(tree.get_object().get("/K"))


def has_title(reader):
    """Whether the properties hold a title, in either of the places where PDF keeps one."""
    if reader.metadata and (reader.metadata.title or "").strip():
        return True
    extra = reader.xmp_metadata
    return bool(extra and any(str(title).strip() for title in (extra.dc_title or {}).values()))
