"""What Word's styles give a paragraph or a run: number, outline level, weight, size, visibility."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.readers.package import Element
from extractors.readers.wordml import VAL, on, val, w, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TOC = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)$", re.IGNORECASE)
_B, _SZ, _VANISH, _RSTYLE, _RFONTS = w("b"), w("sz"), w("vanish"), w("rStyle"), w("rFonts")
_STYLE, _TYPE, _ID, _DEFAULT = w("style"), w("type"), w("styleId"), w("default")
_JC, _OUTLINE, _NUMPR, _NUMID, _ILVL = w("jc"), w("outlineLvl"), w("numPr"), w("numId"), w("ilvl")
_ASCII, _HANSI = w("ascii"), w("hAnsi")


class Look(NamedTuple):
    """Formatting as inherited; None where nothing says. `size` is in points."""

    bold: bool | None = None
    size: float | None = None
    vanish: bool | None = None
    font: str | None = None
    centered: bool | None = None
    level: int | None = None  # 0 is Word's outline level 1; 9 is plain text
    num_id: str | None = None
    ilvl: int | None = None
    toc: bool | None = None

    def over(self, under: Look) -> Look:
        """This look, and `under` where this one is silent."""
        if self is PLAIN:
            return under
        return Look._make([theirs if own is None else own for own, theirs in zip(self, under, strict=True)])


def run_look(properties: Element | None) -> Look:
    """What w:rPr itself says."""
    if properties is None or not len(properties):
        return PLAIN
    bold = size = vanish = font = None
    for child in reversed(properties):  # of what is said twice the first counts
        tag = child.tag
        if tag == _SZ:
            size = whole(child.get(VAL))
        elif tag == _B:
            bold = on(child)
        elif tag == _RFONTS:
            font = child.get(_ASCII) or child.get(_HANSI)
        elif tag == _VANISH:
            vanish = on(child)
    return Look(bold, size / 2 if size else None, vanish, font)


def paragraph_look(properties: Element | None) -> Look:
    """What w:pPr itself says; its w:rPr is the look of the paragraph mark and left aside."""
    if properties is None or not len(properties):
        return PLAIN
    justified = level = number = None
    for child in reversed(properties):
        tag = child.tag
        if tag == _JC:
            justified = child.get(VAL)
        elif tag == _OUTLINE:
            level = whole(child.get(VAL))
        elif tag == _NUMPR:
            number = child
    return Look(
        centered=None if justified is None else justified == "center",
        level=level,
        num_id=None if number is None else val(number.find(_NUMID)),
        ilvl=None if number is None else whole(val(number.find(_ILVL))),
    )


PLAIN = Look()


class Styles:
    """The styles of a document, with w:basedOn followed and every answer kept."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}  # most files define far more styles than they use
        self._said: dict[str, tuple[Look, str | None]] = {}
        self._known: dict[tuple[str | None, bool], Look] = {}
        self.paragraph_default = ""
        self._defaults = PLAIN
        if root is None:
            return
        self._defaults = run_look(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
        for style in root.iterchildren(_STYLE):
            if style.get(_TYPE) == "table":  # what a table style says of weight is not evidence of a heading
                continue
            key = style.get(_ID, "")
            self._elements[key] = style
            if style.get(_DEFAULT) in ("1", "true", "on") and style.get(_TYPE) == "paragraph":
                self.paragraph_default = key

    def _style(self, key: str) -> tuple[Look, str | None]:
        """What a style itself says, and the one that it is based on."""
        if key not in self._said:
            style = self._elements[key]
            name = val(style.find(w("name"))) or ""
            look = paragraph_look(style.find(w("pPr"))).over(run_look(style.find(w("rPr"))))
            look = look._replace(toc=bool(_TOC.match(name)) or None)
            heading = _HEADING.match(name)
            if heading and look.level is None:
                look = look._replace(level=int(heading.group(1)) - 1)
            self._said[key] = (look, val(style.find(w("basedOn"))))
        return self._said[key]

    def paragraph(self, key: str | None) -> Look:
        """A paragraph style's look with the document's defaults beneath."""
        return self._resolved(key if key in self._elements else self.paragraph_default, self._defaults)

    def run(self, key: str | None) -> Look:
        """A character style's look; what it leaves open comes from the paragraph."""
        return self._resolved(key, PLAIN) if key else PLAIN

    def number_of(self, key: str) -> str | None:
        """The w:numId that a numbering style names."""
        return self._resolved(key, PLAIN).num_id

    def lineage(self, key: str) -> list[str]:
        """A style and what it is based on, nearest first."""
        found: list[str] = []
        at: str | None = key
        while at in self._elements and at not in found:
            found.append(at)
            at = self._style(at)[1]
        return found

    def _resolved(self, key: str | None, under: Look) -> Look:
        known = (key, under is PLAIN)
        if known not in self._known:
            look = PLAIN
            for style in self.lineage(key or ""):
                look = look.over(self._style(style)[0])
            self._known[known] = look.over(under)
        return self._known[known]


def without_table_styles(data: bytes) -> bytes:
    """A styles part without its table styles, which nothing here asks for.

    Some templates bring a hundred of them: parsing them took as long as all the rest of a document.
    A w:style holds no other, and "<" stands escaped in any value, so its end can be found in the bytes.
    """
    kept, at = [], 0
    while (mark := data.find(b'w:type="table"', at)) >= 0:
        start, end = data.rfind(b"<w:style ", at, mark), data.find(b"</w:style>", mark)
        if start < 0 or end < 0 or data.find(b">", start, mark) >= 0:  # it says so of something else
            kept.append(data[at : mark + 1])
            at = mark + 1
        else:
            kept.append(data[at:start])
            at = end + len(b"</w:style>")
    kept.append(data[at:])
    return b"".join(kept)


def without_unused(data: bytes) -> bytes:
    """A styles part without its table styles and without the list of styles that Word knows and it lacks."""
    data = without_table_styles(data)
    start = data.find(b"<w:latentStyles ")
    end = data.find(b"</w:latentStyles>", start)
    return data if start < 0 or end < 0 else data[:start] + data[end + len(b"</w:latentStyles>") :]


def style_of(properties: Element | None, tag: str) -> str | None:
    found = None if properties is None else properties.find(tag)
    return None if found is None else found.get(VAL)
