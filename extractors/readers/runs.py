"""The text within one Word paragraph: runs, fields, symbols, tracked changes, and what is anchored there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from extractors.readers.assembly import visible
from extractors.readers.package import Element
from extractors.readers.styles import Look, Styles, run_look
from extractors.readers.symbols import is_private, resolve, symbol
from extractors.readers.wordml import (
    ALTERNATE,
    MATH_TEXT,
    RELATION,
    TEXT,
    TEXT_PATH,
    chosen,
    m,
    on,
    val,
    w,
    whole,
)

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_R, _RPR = w("r"), w("rPr")
_DELETED = frozenset((w("del"), w("moveFrom")))
_DRAWN = frozenset((w("drawing"), w("pict"), w("object")))
_BLOCKS = frozenset((w("p"), w("tbl")))
_MARKS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("softHyphen"): "",
    w("noBreakHyphen"): "-",
}
_BR, _SYM, _RUBY, _PAGE = w("br"), w("sym"), w("ruby"), w("lastRenderedPageBreak")
_FIELD, _CODE, _FIELD_TYPE = w("fldChar"), w("instrText"), w("fldCharType")
_BOX = w("txbxContent")
_MATH_RUN, _FRACTION = m("r"), m("f")
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"

# eq \o\ac(○,1): a character drawn inside another, Word's 带圈字符
_ENCLOSED = re.compile(r"\\o\s*\\a[clr]\s*\(\s*(\S)\s*[,，;]\s*(.+?)\s*\)", re.IGNORECASE)
_SYMBOL_FIELD = re.compile(r'SYMBOL\s+(\d+).*?\\f\s+"?([^"\\]+)', re.IGNORECASE)
_TICKS = frozenset("√✓✔vV")


@dataclass(slots=True)
class Line:
    """A paragraph in the making."""

    parts: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    anchored: list[Element | str] = field(default_factory=list)  # text boxes, and texts of drawings
    bold: int = 0
    sizes: dict[float | None, int] = field(default_factory=dict)  # point size -> characters
    page: int = 1
    toc: bool = False


@dataclass(slots=True)
class _Field:
    coded: bool = True  # before its "separate": what stands here is not shown
    code: list[str] = field(default_factory=list)
    toc: bool = False


@dataclass(slots=True)
class Runs:
    """The walk through the runs of one part. `made` counts shown characters that the part does not hold;
    `dropped` those that it holds and that are left out, by reason."""

    styles: Styles
    page: int = 1
    made: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    pictures: list[str] = field(default_factory=list)  # their relationships
    fields: list[_Field] = field(default_factory=list)
    open_ended: set[Element] = field(default_factory=set)

    def prepare(self, root: Element) -> None:
        """Find the fields that never end: Word shows their text, so their start is not heeded."""
        waiting: list[Element] = []
        for mark in root.iter(_FIELD):
            kind = mark.get(_FIELD_TYPE)
            if kind == "begin":
                waiting.append(mark)
            elif kind == "end" and waiting:
                waiting.pop()
        self.open_ended = set(waiting)

    def read(self, element: Element, line: Line, look: Look) -> None:
        """Everything within a paragraph, or within a wrapper in it (hyperlink, insertion, control)."""
        for child in element:
            tag = child.tag
            if tag in (_R, _MATH_RUN):
                self._run(child, line, look)
            elif tag in _DELETED:
                continue
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self.read(branch, line, look)
            elif tag in _DRAWN:
                self.drawing(child, line)
            elif tag in _BLOCKS:  # not allowed here, and yet some writers do it
                line.anchored.append(child)
            elif tag == _FRACTION:
                self._fraction(child, line, look)
            elif not tag.endswith("Pr"):
                self.read(child, line, look)

    def _run(self, run: Element, line: Line, look: Look) -> None:
        first = run[0] if len(run) else None
        if first is not None and first.tag == _RPR:
            look = self.styles.run(run_look(first), look)
        for child in run:
            tag = child.tag
            if tag == _RPR:
                continue
            if tag in (TEXT, MATH_TEXT):
                self._text(child, line, look)
            elif tag in _MARKS:
                self.say(_MARKS[tag], line, look)
            elif tag == _BR:
                # a break of page or column before any text divides nothing
                if child.get(w("type"), "textWrapping") == "textWrapping" or line.parts:
                    self.say("\n", line, look)
            elif tag == _FIELD:
                self._field(child, line, look)
            elif tag == _CODE:
                if self.fields:
                    self.fields[-1].code.append(child.text or "")
            elif tag == _SYM:
                self.say(_symbol(child), line, look)
            elif tag == _PAGE:
                self.page += 1
                if not line.parts:
                    line.page = self.page
            elif tag in _DRAWN:
                self.drawing(child, line)
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._run(branch, line, look)
            elif tag == _RUBY:
                for base in child.iterchildren(w("rubyBase")):
                    self.read(base, line, look)

    def _text(self, element: Element, line: Line, look: Look) -> None:
        text = element.text
        if not text:
            return
        if (text[0] in " \n\t\r" or text[-1] in " \n\t\r") and element.get(_SPACE) != "preserve":
            text = text.strip(" \n\t\r")  # indentation of the XML, which Word does not show
        if is_private(text):
            text = resolve(text, look.font or "")
        self.say(text.replace("\n", " ").replace("\r", " "), line, look)

    def say(self, text: str, line: Line, look: Look, *, made: bool = False) -> None:
        """Put shown text at the end of the line, or hidden text beside it."""
        count = visible(text)
        if made:
            self.made += count
        if self.fields and any(field.coded for field in self.fields):
            self.dropped["域代码中的文字"] += count
            return
        if look.vanish:
            line.hidden.append(text)
            return
        line.parts.append(text)
        if count:
            line.bold += count if look.bold else 0
            line.sizes[look.size] = line.sizes.get(look.size, 0) + count
            line.toc = line.toc or (bool(self.fields) and any(field.toc for field in self.fields))

    def _fraction(self, element: Element, line: Line, look: Look) -> None:
        for name, before in (("num", ""), ("den", "/")):
            part = element.find(m(name))
            if part is not None:
                self.say(before, line, look, made=True)
                self.read(part, line, look)

    def _field(self, mark: Element, line: Line, look: Look) -> None:
        kind = mark.get(_FIELD_TYPE)
        if kind == "begin" and mark not in self.open_ended:
            self._form(mark, line, look)
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            found = self.fields[-1]
            found.coded = False
            found.toc = "".join(found.code).lstrip().upper().startswith("TOC")
        elif kind == "end" and self.fields:
            found = self.fields.pop()
            if found.coded:
                self.say(_drawn_by("".join(found.code).strip()), line, look, made=True)

    def _form(self, mark: Element, line: Line, look: Look) -> None:
        """A legacy form's box or list, whose state stands in the field's data and not in its result."""
        data = mark.find(w("ffData"))
        if data is None:
            return
        box, choice = data.find(w("checkBox")), data.find(w("ddList"))
        if box is not None:
            state = box.find(w("checked"))
            ticked = on(state if state is not None else box.find(w("default")))
            self.say("☑" if ticked else "□", line, look, made=True)
        if choice is not None:
            entries = [val(entry) or "" for entry in choice.iterchildren(w("listEntry"))]
            at = whole(val(choice.find(w("result")))) or whole(val(choice.find(w("default")))) or 0
            if 0 <= at < len(entries):
                self.say(entries[at], line, look, made=True)

    def drawing(self, element: Element, line: Line) -> None:
        """Text boxes in a drawing, each branch of alternate content once; pictures are counted."""
        tag = element.tag
        if tag == _BOX:
            line.anchored.append(element)
            return
        if tag == ALTERNATE:
            branch = chosen(element)
            if branch is not None:
                self.drawing(branch, line)
            return
        if tag in (_BLIP, _IMAGE):
            self.noted["picture"] += 1
            self.pictures.append(element.get(_EMBED) or element.get(RELATION) or "")
        elif tag == _CHART:
            self.noted["chart"] += 1
        elif tag in (OLE, _DIAGRAM):
            line.anchored.append(element)
        elif tag == TEXT_PATH and element.get("string"):  # WordArt of old
            line.anchored.append(element.get("string"))
        for child in element:
            self.drawing(child, line)


def _symbol(element: Element) -> str:
    try:
        return symbol(element.get(w("font"), ""), int(element.get(w("char"), ""), 16))
    except (ValueError, OverflowError):  # no character at all: Word shows an empty box
        return "□"


def _drawn_by(code: str) -> str:
    """What a field without a result draws.

    >>> _drawn_by("eq \\\\o\\\\ac(○,3)"), _drawn_by("eq \\\\o\\\\ac(□,√)"), _drawn_by('SYMBOL 254 \\\\f Wingdings')
    ('③', '☑', '☑')
    """
    enclosed = _ENCLOSED.search(code) if code[:2].upper() == "EQ" else None
    if enclosed:
        around, inside = enclosed.groups()
        if around in "○〇◯" and inside.isdigit() and 1 <= int(inside) <= 20:
            return chr(ord("①") + int(inside) - 1)
        if around in "□☐":
            return "☑" if inside in _TICKS else f"□{inside}"
        return inside
    said = _SYMBOL_FIELD.match(code)
    return symbol(said.group(2).strip(), int(said.group(1))) if said else ""
