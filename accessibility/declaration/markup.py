"""A forgiving tree of HTML as one flat list: elements and texts in the document's order.

An element knows where its content ends, so its text and its descendants are a slice of that list. Unclosed
paragraphs, list items, cells and links are closed as browsers close them; nothing here calls itself, so that
a hundred thousand nested elements are only many.
"""

from html import unescape

from .nesting import BLOCKS, INERT, VOID, Nesting
from .tokens import attributes, tokens


class Element:
    """One element. `start`: its place in `Document.nodes`; `end`: the place after its last descendant."""

    __slots__ = ("_attributes", "document", "end", "name", "parent", "start", "written")

    def __init__(self, document, name, written, parent):
        self.document, self.name, self.written, self.parent = document, name, written, parent
        self.start = self.end = len(document.nodes)
        self._attributes = None

    def get(self, attribute, default=None):
        """The value of an attribute, character references resolved."""
        if self._attributes is None:
            self._attributes = attributes(self.written) if self.written else {}
        value = self._attributes.get(attribute)
        return default if value is None else unescape(value)

    @property
    def nodes(self):
        """What is inside, at every depth: elements, and texts as str."""
        return self.document.nodes[self.start + 1 : self.end]

    @property
    def text(self):
        """The words inside, with a line break where a block or a line begins or ends."""
        return "".join([node for node in self.nodes if type(node) is str])

    def elements(self, *names):
        """The elements inside, at every depth; with `names` only those."""
        return [node for node in self.nodes if type(node) is Element and (not names or node.name in names)]

    def contains(self, element):
        return self.start < element.start < self.end

    def ancestors(self):
        """The element itself, then those around it."""
        element = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def links(self):
        """The addresses of the links inside; the element itself counts when it is one."""
        return [tag.get("href") for tag in (self, *self.elements("a")) if tag.name == "a" and tag.get("href")]


class Document:
    """A whole document, read at once. `nodes`: Element and str, in order."""

    def __init__(self, source):
        self.nodes = []
        self._nesting = Nesting()
        self._break = ""
        for token in tokens(source):
            if token[0] == "text":
                self._add_text(token[1])
            elif token[0] == "start":
                self._add_element(token[1], token[2])
            else:
                self._close(token[1])
        self._finish(self._nesting.close_all())

    def elements(self, *names):
        return [node for node in self.nodes if type(node) is Element and (not names or node.name in names)]

    def _add_text(self, text):
        if self._nesting.inert:
            return
        if "&" in text:
            text = unescape(text)
        self.nodes.append(self._break + text)
        self._break = ""

    def _add_element(self, name, written):
        nesting = self._nesting
        self._finish(nesting.make_room_for(name))
        is_inert = name in INERT or (name == "template" and "shadowrootmode" not in written.lower())
        element = Element(self, name, written, nesting.current)
        if not (nesting.inert or is_inert):
            self.nodes.append(element)
            element.end = len(self.nodes)
            if name in BLOCKS:
                self._break = "\n"
        if name not in VOID and not nesting.is_repeated(name):
            nesting.open(name, element, is_inert)

    def _close(self, name):
        self._finish(self._nesting.close(name))

    def _finish(self, closed):
        end = len(self.nodes)
        for element in closed:
            element.end = end
            if element.name in BLOCKS:
                self._break = "\n"
