"""What Word's styles give a paragraph or a run: number, outline level, weight, size, visibility."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.readers.package import Element
from extractors.readers.wordml import VAL, on, val, w, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TOC = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)$", re.IGNORECASE)
_B, _SZ, _VANISH, _RSTYLE, _RFONTS = w("b"), w("sz"), w("vanish"), w("rStyle"), w("rFonts")
_ASCII, _HANSI = w("ascii"), w("hAnsi")


@dataclass(frozen=True, slots=True)
class Look:
    """Formatting as inherited; None where nothing says. `size` is in points."""

    bold: bool | None = None
    size: float | None = None
    vanish: bool | None = None
    font: str | None = None
    centered: bool | None = None
    level: int | None = None  # 0 is Word's outline level 1; 9 is plain text
    num_id: str | None = None
    ilvl: int | None = None
    toc: bool = False

    def over(self, under: Look) -> Look:
        """This look, and `under` where this one is silent."""
        return Look(
            bold=under.bold if self.bold is None else self.bold,
            size=under.size if self.size is None else self.size,
            vanish=under.vanish if self.vanish is None else self.vanish,
            font=under.font if self.font is None else self.font,
            centered=under.centered if self.centered is None else self.centered,
            level=under.level if self.level is None else self.level,
            num_id=under.num_id if self.num_id is None else self.num_id,
            ilvl=under.ilvl if self.ilvl is None else self.ilvl,
            toc=self.toc or under.toc,
        )


def run_look(properties: Element | None) -> Look:
    """What w:rPr itself says."""
    if properties is None:
        return PLAIN
    size = whole(val(properties.find(_SZ)))
    fonts = properties.find(_RFONTS)
    return Look(
        bold=on(properties.find(_B)),
        size=size / 2 if size else None,
        vanish=on(properties.find(_VANISH)),
        font=None if fonts is None else fonts.get(_ASCII) or fonts.get(_HANSI),
    )


def paragraph_look(properties: Element | None) -> Look:
    """What w:pPr itself says; its w:rPr is the look of the paragraph mark and left aside."""
    if properties is None:
        return PLAIN
    justified = val(properties.find(w("jc")))
    number = properties.find(w("numPr"))
    return Look(
        centered=None if justified is None else justified == "center",
        level=whole(val(properties.find(w("outlineLvl")))),
        num_id=None if number is None else val(number.find(w("numId"))),
        ilvl=None if number is None else whole(val(number.find(w("ilvl")))),
    )


PLAIN = Look()


class Styles:
    """The styles of a document, with w:basedOn followed and every answer kept."""

    def __init__(self, root: Element | None) -> None:
        self._said: dict[str, tuple[Look, str | None]] = {}
        self._known: dict[str, Look] = {}
        self.paragraph_default = ""
        self._defaults = PLAIN
        if root is not None:
            self._collect(root)

    def _collect(self, root: Element) -> None:
        self._defaults = run_look(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
        for style in root.iterchildren(w("style")):
            key = style.get(w("styleId"), "")
            look = replace(
                paragraph_look(style.find(w("pPr"))).over(run_look(style.find(w("rPr")))),
                toc=bool(_TOC.match(val(style.find(w("name"))) or "")),
            )
            heading = _HEADING.match(val(style.find(w("name"))) or "")
            if heading and look.level is None:
                look = replace(look, level=int(heading.group(1)) - 1)
            self._said[key] = (look, val(style.find(w("basedOn"))))
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self.paragraph_default = key

    def paragraph(self, key: str | None) -> Look:
        """A paragraph style's look with the document's defaults beneath."""
        return self._resolved(key if key in self._said else self.paragraph_default, self._defaults)

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
        while at in self._said and at not in found:
            found.append(at)
            at = self._said[at][1]
        return found

    def _resolved(self, key: str | None, under: Look) -> Look:
        known = f"{'p' if under is not PLAIN else 'r'}{key}"
        if known not in self._known:
            look = PLAIN
            for style in self.lineage(key or ""):
                look = look.over(self._said[style][0])
            self._known[known] = look.over(under)
        return self._known[known]


def style_of(properties: Element | None, tag: str) -> str | None:
    found = None if properties is None else properties.find(tag)
    return None if found is None else found.get(VAL)
