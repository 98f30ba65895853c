"""Tables that were typed as lines, their columns parted by tabs or by wide blanks.

Only what is clearly a table is taken for one: a line of labels and two lines of figures at least below it, all of them
with the same three fields or more; or one line of a name and four figures or more. Everything else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from schema.document import Block, Cell, Table

LEAST_ROWS = 2  # below the labels
LEAST_COLUMNS = 3
WIDE = 5  # columns, of which one line below the labels is enough
#: what parts two columns
GAP = re.compile(r"[ \u3000\xa0]*\t[\t \u3000\xa0]*|[ \u3000\xa0]{2,}")
#: 392.00 · 99.02% · 14人 · —
FIGURE = re.compile(r"[-+－]?[\d,，]+(?:\.\d+)?\s?(?:[%％]|亿元|万元|元|人|名|个|辆|分)?|[—－\-/／]+")
#: no label and no figure: words of a sentence, 填报人：
PROSE = re.compile("[。；，：:]")
LONGEST = 24  # characters of a label

Span = tuple[int, int]


def with_typed_tables(
    blocks: Sequence[Block], tables: Sequence[Table]
) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """The blocks and tables of a document in reading order, each typed table as a table of its own."""
    runs = {run[0][0].index: run for run in _runs(blocks)}
    if not runs:
        return tuple(blocks), tuple(tables)
    made: list[Block] = []
    grids: list[Table] = []
    places: dict[int, int] = {}  # where each block stands now
    numbers: dict[int, int] = {}  # the table that each table is now
    rows = {block.index for run in runs.values() for block, _ in run}
    for block in blocks:
        if run := runs.get(block.index):
            grids.append(_table(run, len(grids), made))
        if block.index in rows:
            continue
        if block.table is not None and block.table not in numbers:
            numbers[block.table] = len(grids)
            grids.append(tables[block.table])
        places[block.index] = len(made)
        table = None if block.table is None else numbers[block.table]
        made.append(replace(block, index=len(made), table=table))
    for old, new in numbers.items():
        cells = tuple(replace(cell, block=places[cell.block]) for cell in tables[old].cells)
        parent = tables[old].parent
        grids[new] = replace(
            tables[old], index=new, cells=cells, parent=None if parent is None else places[parent]
        )
    return tuple(made), tuple(grids)


def _runs(blocks: Sequence[Block]) -> Iterator[list[tuple[Block, list[Span]]]]:
    """The lines of each typed table, the labels first, with the fields of each."""
    lines = [(block, _fields(block)) for block in blocks]
    at = 0
    while at < len(lines):
        head = lines[at]
        below: list[tuple[Block, list[Span]]] = []
        if len(head[1]) >= LEAST_COLUMNS and not any(
            _is_figure(head[0].text[slice(*one)]) for one in head[1]
        ):
            below = list(takewhile(lambda line: _below(line, len(head[1])), lines[at + 1 :]))  # noqa: B023
        enough = len(below) >= LEAST_ROWS or (
            len(below) == 1 and len(head[1]) >= WIDE and _all_figures(*below[0])
        )
        if enough:
            yield [head, *below]
        at += 1 + (len(below) if enough else 0)


def _fields(block: Block) -> list[Span]:
    """Where the fields of a line stand; none where it is no line of a table."""
    text = block.text
    if block.kind != "paragraph" or block.hidden or block.toc or block.number or block.level is not None:
        return []
    if "\n" in text or block.turns or PROSE.search(text) or not GAP.search(text.strip()):
        return []
    cuts = [(gap.start(), gap.end()) for gap in GAP.finditer(text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text.rstrip())]
    spans = [span for span in zip(edges[::2], edges[1::2], strict=True) if text[slice(*span)].strip()]
    return spans if all(end - start <= LONGEST for start, end in spans) else []


def _is_figure(field: str) -> bool:
    return FIGURE.fullmatch(field.strip()) is not None


def _all_figures(block: Block, spans: Sequence[Span]) -> bool:
    return all(_is_figure(block.text[slice(*span)]) for span in spans[1:])


def _below(line: tuple[Block, list[Span]], columns: int) -> bool:
    """Whether a line stands below labels: a name and figures, one under each of them."""
    block, spans = line
    if len(spans) != columns or _is_figure(block.text[slice(*spans[0])]):
        return False
    figures = sum(_is_figure(block.text[slice(*span)]) for span in spans[1:])
    return figures * 2 >= columns - 1


def _table(run: Sequence[tuple[Block, list[Span]]], index: int, made: list[Block]) -> Table:
    """The table of these lines, its cells appended to the blocks made so far."""
    cells = []
    for row, (line, spans) in enumerate(run):
        for col, span in enumerate(spans):
            cell = replace(_cut(line, span), index=len(made), kind="cell", table=index, row=row, col=col)
            cells.append(Cell(row, col, 1, 1, cell.index))
            made.append(cell)
    return Table(index, len(run), len(run[0][1]), tuple(cells), run[0][0].page)


def _cut(line: Block, span: Span) -> Block:
    """A field of a line as a block of its own, with the places of its characters where the line has them."""
    start, end = span
    said = line.text[start:end]
    start += len(said) - len(said.lstrip())
    end -= len(said) - len(said.rstrip())
    return replace(
        line, text=line.text[start:end], boxes=line.boxes[start:end], confidences=line.confidences[start:end]
    )
