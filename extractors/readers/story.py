"""One story of a Word file (body, a header, the footnotes): paragraphs and tables as blocks, in order.

A text box stands after the paragraph that it is anchored in; inside a cell its lines follow that
paragraph's. Text that nobody sees (hidden runs, text under a merged cell) is a hidden block of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.readers.assembly import Assembly, visible
from extractors.readers.numbering import Numbering
from extractors.readers.package import Element, Package
from extractors.readers.runs import OLE, Line, Runs
from extractors.readers.styles import PLAIN, Look, Styles, paragraph_look
from extractors.readers.wordml import ALTERNATE, RELATION, VAL, chosen, leading, val, w, whole
from schema.document import BlockKind, Cell, Document

_P, _TBL, _TR, _TC, _SDT = w("p"), w("tbl"), w("tr"), w("tc"), w("sdt")
_PPR, _RPR = w("pPr"), w("rPr")
_TCPR, _TRPR, _CELLDEL, _CHUNK = w("tcPr"), w("trPr"), w("cellDel"), w("altChunk")
_GRIDSPAN, _VMERGE, _HMERGE = w("gridSpan"), w("vMerge"), w("hMerge")
_DELETED = frozenset((w("del"), w("moveFrom")))
_DIAGRAM_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_DIAGRAM_POINT = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}pt"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MOST_COLUMNS = 1000  # Word allows 63; a span beyond this is damage


@dataclass(slots=True)
class _CellText:
    lines: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    number: str = ""
    bold: int = 0
    sizes: dict[float | None, int] = field(default_factory=dict)
    centered: bool | None = None
    page: int | None = None


@dataclass(slots=True)
class _Place:
    """A cell of the grid that may still grow, downwards or to the right."""

    row: int
    col: int
    rowspan: int
    colspan: int
    block: int


class Story:
    """The walk over one part; `given` counts the part's own characters that went into blocks."""

    def __init__(
        self,
        package: Package,
        part: str,
        styles: Styles,
        numbering: Numbering,
        assembly: Assembly,
        kind: BlockKind = "paragraph",
        embedded: Callable[[str], Document | None] = lambda part: None,
    ) -> None:
        self.part = part
        self.kind: BlockKind = kind
        self.given = 0
        self.runs = Runs(styles)
        self.chunks: list[Document] = []  # documents read within this one
        self._embedded = embedded
        self._package = package
        self._styles = styles
        self._numbering = numbering
        self._assembly = assembly
        self._paged = False
        self._changed = True  # whether the part has marks that were deleted
        self._carried: Line | None = None
        self._look = PLAIN
        self._toc = 0
        self._unnumbered = 0

    def read(self, root: Element) -> None:
        """All blocks beneath `root`."""
        self._paged = next(root.iter(w("lastRenderedPageBreak")), None) is not None
        self._changed = next(root.iter(*_DELETED), None) is not None
        self.runs.prepare(root)
        self._flow(root, None)

    def _flow(self, element: Element, cell: _CellText | None) -> None:
        self._each(element, cell)
        if self._carried is not None:  # the last mark was deleted: there is nothing to join
            line, self._carried = self._carried, None
            self._finish(line, None, self._look, cell)

    def _each(self, element: Element, cell: _CellText | None) -> None:
        for child in element:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, cell)
            elif tag == _TBL:
                self._table_here(child, cell)
            elif tag == _SDT:
                contents = _is_contents(child)
                self._toc += contents
                self._each(child, cell)
                self._toc -= contents
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._each(branch, cell)
            elif tag == _CHUNK:
                self._chunk(child.get(RELATION, ""), cell)
            elif tag not in _DELETED and not tag.endswith("Pr"):
                self._each(child, cell)

    def _chunk(self, relation: str, cell: _CellText | None) -> None:
        """Another document that Word takes in when it opens this one, in its place."""
        if not self._take_in(relation, cell):
            self.runs.noted["chunk"] += 1

    def _object(self, relation: str, cell: _CellText | None) -> None:
        """A workbook or document that the page shows a picture of."""
        if self._take_in(relation, cell):
            self.runs.noted["picture"] -= 1
        else:
            self.runs.noted["object"] += 1

    def _take_in(self, relation: str, cell: _CellText | None) -> bool:
        """Put the document that a relationship leads to here; whether it could be read."""
        _, part = self._package.related(self.part).get(relation, ("", ""))
        held = self._embedded(part)
        if held is None:
            return False
        self.chunks.append(held)
        if cell is None:
            self._assembly.embed(held)
        else:
            cell.lines += [block.text for block in held.blocks if not block.hidden]
        return True

    # -- paragraphs

    def _paragraph(self, paragraph: Element, cell: _CellText | None) -> None:
        properties = leading(paragraph, _PPR)
        own = paragraph_look(properties)
        look = self._styles.paragraph(own)
        line = self._carried or Line(page=self.runs.page)
        self._carried = None
        self.runs.read(paragraph, line, look)
        mark = properties.find(_RPR) if self._changed and properties is not None else None
        if mark is not None and any(child.tag in _DELETED for child in mark):
            self._carried, self._look = line, look
            return
        self._finish(line, own, look, cell)

    def _finish(self, line: Line, own: Look | None, look: Look, cell: _CellText | None) -> None:
        text = "".join(line.parts).rstrip(" \t\n")
        hidden = "".join(line.hidden).strip() if line.hidden else ""
        number, after = "", ""
        if own is not None and not self._unnumbered and not (hidden and not text):
            number, after = self._number(own, look)
        self.given += visible(text) + visible(hidden)
        if number:
            text = f"{number}{after}{text}" if text else number
        toc = line.toc or bool(look.toc) or self._toc > 0
        if cell is not None:
            _put(cell, line, text, number, bool(look.centered), self._page(line))
            cell.hidden.extend(hidden.splitlines())
        else:
            said = {"page": self._page(line), "toc": toc}
            if text:
                self._assembly.add(
                    self.kind,
                    text,
                    number=number,
                    level=look.level + 1 if look.level is not None and 0 <= look.level < 9 else None,
                    bold=line.bold * 2 > sum(line.sizes.values()),
                    size=_commonest(line.sizes, look.size),
                    centered=bool(look.centered),
                    **said,
                )
            if hidden:
                self._assembly.add(self.kind, hidden, hidden=True, **said)
        for anchored in line.anchored:
            self._anchored(anchored, look, cell)

    def _number(self, own: Look, look: Look) -> tuple[str, str]:
        num_id = look.num_id
        if num_id is None or num_id == "0":
            return "", ""
        ilvl = own.ilvl
        if own.num_id is None and ilvl is None:  # the number comes from the style: so does its level
            key = own.style or self._styles.paragraph_default
            ilvl = self._numbering.level_of_style(num_id, self._styles.lineage(key))
            ilvl = look.ilvl if ilvl is None else ilvl
        return self._numbering.number(num_id, ilvl or 0)

    def _anchored(self, anchored: Element | str, look: Look, cell: _CellText | None) -> None:
        fields, self.runs.fields = self.runs.fields, []  # a box is a story of its own
        if isinstance(anchored, str):
            self._finish(Line([anchored], page=self.runs.page), None, PLAIN, cell)
        elif anchored.tag == _P:
            self._paragraph(anchored, cell)
        elif anchored.tag == _TBL:
            self._table_here(anchored, cell)
        elif anchored.tag == OLE:
            self._object(anchored.get(RELATION, ""), cell)
        elif anchored.get(_DIAGRAM_DATA):
            for said in self._diagram(anchored.get(_DIAGRAM_DATA)):
                self._finish(Line([said], page=self.runs.page), None, PLAIN, cell)
                self.given -= visible(said)  # it stands in another part
        else:
            self._flow(anchored, cell)
        self.runs.fields = fields

    def _diagram(self, relation: str) -> Iterator[str]:
        """The texts of a SmartArt graphic, point by point."""
        _, part = self._package.related(self.part).get(relation, ("", ""))
        root = self._package.xml(part)
        for point in () if root is None else root.iter(_DIAGRAM_POINT):
            said = "".join(found.text or "" for found in point.iter(_DRAWN_TEXT))
            if said.strip():
                yield said

    def _page(self, line: Line) -> int | None:
        return line.page if self._paged else None

    # -- tables

    def _table_here(self, table: Element, cell: _CellText | None) -> None:
        if cell is not None:
            cell.tables.append(table)  # read after the cell's own text, when its block has an index
        else:
            self._table(table, None)

    def _table(self, table: Element, parent: int | None) -> None:
        if self.kind != "paragraph":  # headers and notes keep the text of their tables, not the grid
            for row in _members(table, _TR):
                for item in _members(row, _TC):
                    self._flow(item, None)
            return
        index = self._assembly.open_table()
        places: list[_Place] = []
        above: dict[int, _Place] = {}  # column -> the cell that may go on downwards
        grid = table.find(w("tblGrid"))
        width = 0
        count = 0
        for row in _members(table, _TR):
            properties = row.find(_TRPR)
            if properties is not None and properties.find(w("del")) is not None:
                self.runs.dropped["修订中删除的表格行"] += sum(
                    visible(t.text or "") for t in row.iter(w("t"))
                )
                continue
            width = max(width, self._row(row, count, index, places, above))
            count += 1
        if grid is not None and len(grid) <= _MOST_COLUMNS and not width:
            width = len(grid)
        cells = [Cell(p.row, p.col, p.rowspan, p.colspan, p.block) for p in places]
        self._assembly.close_table(index, count, width, cells, parent=parent)

    def _row(self, row: Element, at: int, table: int, places: list[_Place], above: dict[int, _Place]) -> int:
        properties = row.find(_TRPR)
        col = _count(properties, "gridBefore", 0)
        first, last = self.runs.page, self.runs.page
        left: _Place | None = None
        for item in _members(row, _TC):
            self.runs.page = first  # each cell of a row that crosses a page holds the break
            span, down, across, gone = _spans(leading(item, _TCPR))
            if gone:
                continue
            up = above.get(col)
            if down == "continue" and up is not None and up.row + up.rowspan == at:
                up.rowspan += 1
                self._beneath(item, table)
            elif across == "continue" and left is not None:
                left.colspan += span
                self._beneath(item, table)
            else:
                left = _Place(at, col, 1, span, self._cell(item, table, at, col))
                places.append(left)
                _stand(above, left, bool(down))
            last = max(last, self.runs.page)
            col += span
        self.runs.page = last
        return col + _count(properties, "gridAfter", 0)

    def _cell(self, item: Element, table: int, row: int, col: int) -> int:
        text = _CellText()
        self._flow(item, text)
        block = self._assembly.add(
            "cell",
            "\n".join(text.lines).rstrip(),
            number=text.number,
            bold=text.bold * 2 > sum(text.sizes.values()),
            size=_commonest(text.sizes, None),
            centered=bool(text.centered),
            page=self.runs.page if text.page is None and self._paged else text.page,
            table=table,
            row=row,
            col=col,
        )
        self._hide(text)
        for nested in text.tables:
            self._table(nested, block)
        return block

    def _beneath(self, item: Element, table: int) -> None:
        """Text in a cell that a merged cell covers: nobody sees it, and it is not lost."""
        text = _CellText()
        self._unnumbered += 1
        self._flow(item, text)
        self._unnumbered -= 1
        text.hidden = [line for line in text.lines if line.strip()] + text.hidden
        self._hide(text)
        for nested in text.tables:
            self._table(nested, None)

    def _hide(self, text: _CellText) -> None:
        if text.hidden:
            self._assembly.add("paragraph", "\n".join(text.hidden), hidden=True, page=text.page)


def _put(cell: _CellText, line: Line, text: str, number: str, centered: bool, page: int | None) -> None:
    if not text and not cell.lines:
        return  # an empty paragraph before the text
    if not cell.lines:
        cell.number, cell.centered, cell.page = number, centered, page
    cell.lines.append(text)
    cell.bold += line.bold
    for size, count in line.sizes.items():
        cell.sizes[size] = cell.sizes.get(size, 0) + count


def _stand(above: dict[int, _Place], place: _Place, growing: bool) -> None:
    for col in range(place.col, min(place.col + place.colspan, _MOST_COLUMNS)):
        above.pop(col, None)
    if growing:
        above[place.col] = place


def _members(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also inside controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from _members(branch, tag)
        elif child.tag not in _DELETED and not child.tag.endswith(("Pr", "Grid", "Ex")):
            yield from _members(child, tag)


def _spans(properties: Element | None) -> tuple[int, str | None, str | None, bool]:
    """A cell's columns, its vertical and level merge, and whether it was deleted."""
    span, down, across, gone = 1, None, None, False
    for child in () if properties is None else properties:
        tag = child.tag
        if tag == _GRIDSPAN:
            span = max(0, min(whole(child.get(VAL)) or 1, _MOST_COLUMNS)) or 1
        elif tag == _VMERGE:
            down = child.get(VAL) or "continue"
        elif tag == _HMERGE:
            across = child.get(VAL) or "continue"
        elif tag == _CELLDEL:
            gone = True
    return span, down, across, gone


def _count(properties: Element | None, name: str, otherwise: int) -> int:
    found = None if properties is None else whole(val(properties.find(w(name))))
    return otherwise if found is None else max(0, min(found, _MOST_COLUMNS))


def _commonest(sizes: dict[float | None, int], otherwise: float | None) -> float | None:
    return max(sizes, key=sizes.__getitem__) if sizes else otherwise


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return val(gallery) == "Table of Contents"
