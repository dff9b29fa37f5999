"""HTML cut into tags and texts, in one pass and in time that grows with its length alone, however broken it is."""

import re

# Possessive throughout: a regular expression that could try again would be slow on hostile input.
TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
        (?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+)*+)>""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)
        (?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+))?+)?+""",
    re.VERBOSE,
)
COMMENT_END = re.compile(r"--!?>")
EMPTY_COMMENT = re.compile(r"<!---?>")
# Elements whose content is text whatever it looks like.
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


def tokens(source):
    """What stands in `source`, in order: ("text", words), ("start", name, attributes as written) or ("end", name).

    Comments, doctypes and what looks like them (conditional comments, processing instructions) are left out. What
    is inside script, style and the like comes as one text after their start.
    """
    position, length = 0, len(source)
    while position < length:
        begin = source.find("<", position)
        if begin < 0:
            yield "text", source[position:]
            return
        if begin > position:
            yield "text", source[position:begin]
        match = TAG.match(source, begin)
        if match is None:
            text, position = _not_a_tag(source, begin)
            if text:
                yield "text", text
            continue
        position = match.end()
        name = match["name"].lower()
        if match["close"]:
            yield "end", name
            continue
        yield "start", name, match["attributes"]
        if name in RAW:
            closing = RAW_END[name].search(source, position)
            end = closing.start() if closing else length
            yield "text", source[position:end]
            position = end


def _not_a_tag(source, begin):
    """(text, where to go on) for a "<" that begins no tag: a comment, a declaration, a lone sign, a torn tag."""
    if source.startswith("<!--", begin):
        closing = EMPTY_COMMENT.match(source, begin) or COMMENT_END.search(source, begin + 4)
        return "", closing.end() if closing else len(source)
    following = source[begin + 1 : begin + 2]
    if following in ("!", "?", "/") and len(source) > begin + 2:
        end = source.find(">", begin)
        return "", end + 1 if end >= 0 else len(source)
    if following.isascii() and following.isalpha():
        return "", len(source)  # a tag that the end of the document has torn
    return "<", begin + 1


def attributes(written):
    """{name: value as written} of a start tag; of a name given twice the first counts, as in browsers."""
    found = {}
    for match in ATTRIBUTE.finditer(written):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), value)
    return found
