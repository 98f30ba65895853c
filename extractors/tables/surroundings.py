"""What stands around a table and gives its figures unit, year and title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.context import Context
from extractors.tables.grid import Grid, fold
from schema.document import Block

#: 单位:万元 · 金额单位:人民币万元 · (单位:元) · 计量单位:万元,人
#: 会计另以元为单位编了两张明细
STATED_UNIT = re.compile(
    r"(?:(?:金额|货币|计量|资金)?单位[:：为]?[(]?(?:人民币)?|以(?=[亿万千]?元为单位))(亿元|万元|千元|元)"
)
#: 单位：万元, in a line of its own between a paragraph and its table
ONLY_UNIT = re.compile(rf"[(（]?{STATED_UNIT.pattern}[)）]?")
#: …使用明细如下（单位：元）: at the end of the paragraph above, however long that is
ENDS_WITH_UNIT = re.compile(rf"[(，,。；;]{STATED_UNIT.pattern}[)]?[:：。]?$")
#: a day is no fiscal year: 填报日期:2024年3月20日
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年(?!\d{1,2}月)|[)]|$)")
#: paragraphs longer than this are prose, not a caption
CAPTION = 60
#: how many paragraphs above a table may belong to it
ABOVE = 4


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The captions above a table (folded, the nearest last), its title rows, its sheet's name."""

    captions: tuple[str, ...]
    titles: tuple[str, ...]
    sheet: str
    unit: str | None
    period: int | None
    heading: str  # the title of the section that it stands in, folded
    above: str  # the paragraph right above it and its unit, folded, however long

    @property
    def text(self) -> str:
        return " ".join((self.heading, self.sheet, *self.captions, *self.titles))


def look_around(context: Context, grid: Grid) -> Surroundings:
    """Captions, titles, unit and fiscal year of one table."""
    document = context.document
    first = min((cell.block for cell in grid.table.cells), default=0)
    captions: list[str] = []
    for block in reversed(document.blocks[:first]):
        if block.kind != "paragraph" or len(captions) == ABOVE:
            break
        key = fold(block.text)
        if len(key) > CAPTION or key.endswith(("。", "；", ";")):
            if not captions and (ends := ENDS_WITH_UNIT.search(key)):
                captions = [ends[0]]
            break
        if key:
            captions.insert(0, key)
    titles = tuple(slot.key for row in grid.title_rows() for slot in grid.starting(row) if not slot.blank)
    section = context.section_at(first)
    sheet = fold(grid.table.name)
    return Surroundings(
        tuple(captions), titles, sheet, _unit(captions, grid), _period([*titles, sheet, *reversed(captions)]),
        fold(section.title) if section else "", _above(document.blocks[:first]),
    )  # fmt: skip


def _above(blocks: Sequence[Block]) -> str:
    told = (
        block
        for block in reversed(blocks)
        if block.text.strip() and not ONLY_UNIT.fullmatch(fold(block.text))
    )
    last = next(told, None)
    return fold(last.text) if last and last.kind == "paragraph" else ""


def _unit(captions: list[str], grid: Grid) -> str | None:
    """The unit stated for the whole table: in a cell of its own first, then in the nearest caption."""
    for text in (*(slot.key for slot in grid.slots() if len(slot.key) < CAPTION), *reversed(captions)):
        match = STATED_UNIT.search(text)
        if match:
            return match.group(1)
    return None


def _period(texts: list[str]) -> int | None:
    for text in texts:
        match = YEAR.search(text)
        # a document number, 财预〔2020〕10号, is no fiscal year
        if match and "〔" not in text and "号" not in text:
            return int(match.group(1))
    return None
