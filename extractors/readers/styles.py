"""What Word's styles give a paragraph or a run: number, outline level, weight, size, visibility."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extractors.readers.package import Element
from extractors.readers.wordml import VAL, on, val, w, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TOC = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)$", re.IGNORECASE)
_B, _SZ, _VANISH, _RSTYLE, _RFONTS = w("b"), w("sz"), w("vanish"), w("rStyle"), w("rFonts")
_STYLE, _TYPE, _ID, _DEFAULT, _PSTYLE = w("style"), w("type"), w("styleId"), w("default"), w("pStyle")
_JC, _OUTLINE, _NUMPR, _NUMID, _ILVL = w("jc"), w("outlineLvl"), w("numPr"), w("numId"), w("ilvl")
_NAME, _PPR, _RPR, _BASED_ON = w("name"), w("pPr"), w("rPr"), w("basedOn")
_ASCII, _HANSI = w("ascii"), w("hAnsi")

# how Word writes a style in the bytes of its part
_TABLE, _END = b'<w:style w:type="table" ', b"</w:style>"
_HEAD = re.compile(rb'\s*<w:style ([^>]*?w:styleId="([^"&]*)"[^>]*)(?<!/)>')
_BASE = re.compile(rb"""<w:basedOn\s[^>]*?w:val\s*=\s*["']([^"']*)""")
_LATENT = re.compile(rb"<w:latentStyles .*</w:latentStyles>", re.DOTALL)


class Look(NamedTuple):
    """Formatting, and the style that it names, as inherited; None where nothing says. `size` is in points."""

    bold: bool | None = None
    size: float | None = None
    vanish: bool | None = None
    font: str | None = None
    centered: bool | None = None
    level: int | None = None  # 0 is Word's outline level 1; 9 is plain text
    num_id: str | None = None
    ilvl: int | None = None
    toc: bool | None = None
    style: str | None = None

    def over(self, under: Look) -> Look:
        """This look, and `under` where this one is silent."""
        if self is PLAIN:
            return under
        return Look._make([theirs if own is None else own for own, theirs in zip(self, under, strict=True)])


def run_look(properties: Element | None) -> Look:
    """What w:rPr itself says."""
    if properties is None or not len(properties):
        return PLAIN
    bold = size = vanish = font = style = None
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
        elif tag == _RSTYLE:
            style = child.get(VAL)
    return Look(bold, size / 2 if size else None, vanish, font, style=style)


def paragraph_look(properties: Element | None) -> Look:
    """What w:pPr itself says; its w:rPr is the look of the paragraph mark and left aside."""
    if properties is None or not len(properties):
        return PLAIN
    justified = level = number = style = None
    for child in reversed(properties):
        tag = child.tag
        if tag == _JC:
            justified = child.get(VAL)
        elif tag == _OUTLINE:
            level = whole(child.get(VAL))
        elif tag == _NUMPR:
            number = child
        elif tag == _PSTYLE:
            style = child.get(VAL)
    return Look(
        centered=None if justified is None else justified == "center",
        level=level,
        num_id=None if number is None else val(number.find(_NUMID)),
        ilvl=None if number is None else whole(val(number.find(_ILVL))),
        style=style,
    )


PLAIN = Look()


class Styles:
    """The styles of a document, with w:basedOn followed and every answer kept."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}  # most files define far more styles than they use
        self._said: dict[str, tuple[Look, str | None]] = {}
        self._resolved_styles: dict[tuple[str | None, bool], Look] = {}
        self._paragraphs: dict[Look, Look] = {}
        self._runs: dict[tuple[Look, Look], Look] = {}
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
            style = {child.tag: child for child in reversed(self._elements[key])}
            name = val(style.get(_NAME)) or ""
            look = paragraph_look(style.get(_PPR)).over(run_look(style.get(_RPR)))
            look = look._replace(toc=bool(_TOC.match(name)) or None)
            heading = _HEADING.match(name)
            if heading and look.level is None:
                look = look._replace(level=int(heading.group(1)) - 1)
            self._said[key] = (look, val(style.get(_BASED_ON)))
        return self._said[key]

    def paragraph(self, own: Look) -> Look:
        """What a paragraph looks like that says so much itself: its style beneath, then the document's defaults."""
        if own not in self._paragraphs:
            key = own.style if own.style in self._elements else self.paragraph_default
            self._paragraphs[own] = own.over(self._resolved(key, self._defaults))
        return self._paragraphs[own]

    def run(self, own: Look, paragraph: Look) -> Look:
        """What a run looks like that says so much itself: its style beneath, then its paragraph."""
        if (own, paragraph) not in self._runs:
            styled = own.over(self._resolved(own.style, PLAIN)) if own.style else own
            self._runs[own, paragraph] = styled.over(paragraph)
        return self._runs[own, paragraph]

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
        if known not in self._resolved_styles:
            look = PLAIN
            for style in self.lineage(key or ""):
                look = look.over(self._style(style)[0])
            self._resolved_styles[known] = look.over(under)
        return self._resolved_styles[known]


def without_unused(pieces: Iterable[bytes], used: Iterable[str]) -> bytes:
    """A styles part with the defaults, the used styles and what these are based on, and without all others.

    Templates bring a hundred others: to parse them took longer than all the rest of a document. A w:style holds no
    other, and "<" stands escaped in any value, so its end can be found in the bytes. What is not written as Word
    writes it stays.
    """
    # styles by id; by b"" what stays in any case, first of all what comes first
    written: dict[bytes, list[bytes]] = {}
    rest = b""
    for piece in pieces:
        *styles, rest = (rest + piece).split(_END)
        for style in styles:
            if style.startswith(_TABLE):  # nobody asks for it: its weight is no evidence of a heading
                continue
            head = _HEAD.match(style)
            said, key = head.groups() if head else (b"", b"")
            stays = b"w:default=" in said or b'"numbering"' in said
            written.setdefault(b"" if stays else key, []).append(style)
    kept: list[bytes] = []
    wanted = [*(key.encode() for key in used), b""]
    while wanted:
        styles = written.pop(wanted.pop(), [])
        kept += styles
        wanted += _BASE.findall(b"".join(styles))
    return _LATENT.sub(b"", _END.join([*kept, rest]))
