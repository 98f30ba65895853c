"""Which blocks of a document tell in sentences: paragraphs, and the cells of tables that no table reader has read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.context import Context
from extractors.tables.forms import TablesReading
from schema.document import Block

#: in a table that was read, a cell with more characters than this and a mark within a sentence
CLAIMED_CELL = 14
#: a cell with more characters than this and a sentence's marks is read as prose
PROSE_CELL = 30
#: 编制数26（行政17、事业9）
STAFF_CELL = re.compile(
    r"\s*(?:核定|人员)?(?:编制|实有|在职|在编)(?:人数|数|人员)?\s?\d+[名人个]?[（(][^（）()]*\d"
)
#: 实有在职68 / 行政60、事业5、工勤3, whose numbers have no unit
STAFF_LINES = re.compile(
    r"(?=[^\d]*(?:编制|实有|在职|在编|退休|聘用|编外))\s*(?:其中[:：]?)?(?:[一-鿿（）()]{2,16}[：:]?\s?\d{1,4}\s?[名人]?[、，；,\s]*)+"
)
#: 自评得分94分，等级“优”。
SENTENCE_CELL = re.compile(r"[，；].{2,}。\s*$")


def taken_blocks(tables: TablesReading) -> Iterator[int]:
    """The blocks that the table reader has read itself."""
    yield from (fact.evidence.block for fact in tables.facts)
    for table in tables.indicator_tables:
        for row in table.rows:
            yield row.evidence.block
            yield from (evidence.block for evidence in (row.cells or {}).values())


#: rows on what a department's accounts hold, whatever their targets: “三公经费”控制率 | ≤100% | 75.53% | 预算8.50万元，支出6.42万元
OF_ACCOUNTS = re.compile(r"三公|在职人员控制率|人员编制|(?:预算执行|预算完成|采购执行|公用经费控制)率")
#: rows on one kind of money, and what their cells speak of without naming it
ONE_KINDS = {"采购": "政府采购", "公用经费": "公用经费", "人员经费": "人员经费"}
ONE_KIND = re.compile("|".join(ONE_KINDS))


def remarked_cells(tables: TablesReading) -> dict[int, str]:
    """The cells of a department's score sheet that say how a row's points came about, each with the row's name:
    预算完成率 | 全年预算9,612.45万元、支出9,411.20万元，完成率97.91%."""
    found: dict[int, str] = {}
    for table in tables.indicator_tables:
        for row in table.rows if table.subject is None else ():
            told = (row.cells or {}).get("reason")
            if "target" in table.fields and not OF_ACCOUNTS.search(row.name):
                continue
            if told is None or not re.search(r"\d", told.text):
                continue
            kind = ONE_KIND.search(row.name)
            found[told.block] = ONE_KINDS[kind[0]] if kind else row.name
    return found


#: 三年平均 | 预算555.00，支出537.08，执行率96.77%: of no one year
AVERAGES = re.compile("平均|均值")


def of_averages(context: Context, block: Block) -> bool:
    """Whether a cell stands in a row of averages."""
    if block.table is None or block.row is None or not block.col:
        return False
    return AVERAGES.search(context.document.cell_text(block.table, block.row, 0)) is not None


#: what a form's cell may be labelled with: “三公”经费 | 预算62.00万元，支出48.73万元
LABEL = re.compile(r"[“\"]?三公[”\"]?经费(?:情况)?|政府采购(?:情况)?")


def label_beside(context: Context, block: Block) -> str:
    """The label in the cell before a cell that tells in a sentence; "" where none of one kind of money stands there."""
    if block.table is None or block.row is None or not block.col:
        return ""
    before = [
        cell
        for cell in context.document.tables[block.table].cells
        if cell.row <= block.row < cell.row + cell.rowspan and cell.col < block.col
    ]
    text = context.document.blocks[max(before, key=lambda cell: cell.col).block].text if before else ""
    return text.strip() if LABEL.fullmatch(text.strip()) else ""


def is_prose(block: Block, claimed: frozenset[int], taken: frozenset[int]) -> bool:
    """Whether a block tells in sentences: of tables that were read (`claimed`) only what was not `taken`."""
    if block.kind == "paragraph":
        return True
    if block.table in claimed:
        said = len(block.text) > CLAIMED_CELL and re.search(r"[，；：]", block.text)
        staff = STAFF_CELL.match(block.text) or STAFF_LINES.fullmatch(block.text)
        return bool(said or staff) and block.index not in taken
    said = len(block.text) > PROSE_CELL and re.search(r"[，。；：]", block.text)
    return bool(said or SENTENCE_CELL.search(block.text))
