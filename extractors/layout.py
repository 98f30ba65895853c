"""Which blocks may hold headings: contents and the paper's own title may not, some tables may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractors.ordinals import number_of
from extractors.roles import JOINT, SAME, claims, fold, weight_of
from extractors.titles import LONGEST_TITLE, SENTENCE, title_of
from schema.document import Document

LEADER = re.compile(r"(?:[.．…·‥\-_—]{3,}|\t|\s{2,})\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$|[.．…·‥]{4,}\s*$")
CONTENTS = re.compile(r"^[\s\u3000]*目[\s\u3000]*(?:录|次)[\s\u3000]*$|^\s*contents\s*$", re.IGNORECASE)


#: 2022年度部门整体支出绩效自评结果 at the very top is the paper's title, whatever role its words have
PAPER = re.compile(r"[2２][0０]\d\d|(?:绩效|自评|评价|整体支出).*(?:报告|结果|情况|总结|表|说明)$")


def paper_title(document: Document) -> int | None:
    """The block of the paper's own title, where its first lines hold one without a number."""
    lines = [block for block in document.paragraphs() if block.text.strip()][:4]
    for block in lines:
        plain = "".join(block.text.split())
        if number_of(block.text)[0] or len(plain) > 60 or "：" in plain:
            continue
        if re.search("自评|评价|绩效", plain) and PAPER.search(plain):
            return block.index
    return None


def tables_of_prose(document: Document) -> Iterator[int]:
    """Tables that hold a report's text: some cell has two or more headings of a template in it, or
    the cells of the table together have three beside sentences."""
    for table in document.tables:
        cells = [document.blocks[cell.block] for cell in table.cells]
        long = [cell for cell in cells if len(cell.text) > 40 and SENTENCE.search(cell.text)]
        if not long:
            continue
        titled = 0
        for cell in cells:
            for _, _, line in lines_of(cell.text):
                number, _, _, _, at = number_of(line)
                if number and (hit := title_of(line[at:], bool(number))) and (known := claims(hit[0])):
                    titled += known[0].weight >= JOINT - 0.2
        if titled >= 2:
            yield table.index


#: a report is filled into a table where this many labels of one are in it
LABELS = 4
INDICATORS = re.compile(
    r"^(?:[一二三]级指标|分值|得分|自评得分|年度指标值|实际完成值|指标值|评分标准|权重)(?:[（(].{1,8}[）)])?$"
)


def label_cells(document: Document) -> frozenset[int]:
    """Cells that name a section whose text stands to their right: 职能职责概述 | 负责…

    Only in tables that are no indicator table, and only where the table is the report (it has several
    such cells) or a part of one (numbered headings follow it).
    """
    last = max(
        (b.index for b in document.paragraphs() if (hit := _numbered_title(b.text)) and claims(hit)),
        default=-1,
    )
    found: set[int] = set()
    for table in document.tables:
        cells = {(cell.row, cell.col): cell for cell in table.cells}
        texts = [document.blocks[cell.block].text.strip() for cell in table.cells]
        if any(INDICATORS.match("".join(text.split())) for text in texts):
            continue
        labels = []
        for cell in table.cells:
            label = document.blocks[cell.block].text
            if len(label.strip()) > 24 or weight_of(label) < SAME or not claims(label):
                continue
            right = cells.get((cell.row, cell.col + cell.colspan))
            if right is not None and len(document.blocks[right.block].text.strip()) >= 12:
                labels.append(cell.block)
        if len(labels) >= LABELS or (labels and labels[0] < last):
            found.update(labels)
    return frozenset(found)


def _numbered_title(text: str) -> str:
    number, _, _, _, at = number_of(text)
    return text[at:] if number and len(text) <= LONGEST_TITLE else ""


def contents_lines(document: Document) -> frozenset[int]:
    """The blocks of the table of contents: marked by the reader, or short lines after 目录 that end in
    a page number or come again as a heading further on."""
    marked = {block.index for block in document.paragraphs() if block.toc or LEADER.search(block.text)}
    blocks = [block for block in document.paragraphs() if block.text.strip()]
    starts = [i for i, block in enumerate(blocks) if CONTENTS.match(block.text)]
    if not starts:
        return frozenset(marked)
    again = Counter(_line_key(block.text) for block in blocks)
    for start in starts:
        marked.add(blocks[start].index)
        for block in blocks[start + 1 :]:
            listed = len(block.text) <= 60 and not SENTENCE.search(block.text.rstrip("。"))
            key = _line_key(block.text)
            if not listed or not (
                re.search(r"\d\s*$", block.text) or again[key] > 1 or block.index in marked
            ):
                break
            again[key] -= 1
            marked.add(block.index)
    return frozenset(marked)


def _line_key(text: str) -> str:
    return fold(re.sub(r"[\s.…·_\-—]*\d*\s*$", "", text[number_of(text)[4] :]))


def usual_look(document: Document) -> tuple[float | None, bool]:
    """The size of most characters, and whether most of the text is bold (then bold says nothing)."""
    sizes: Counter[float | None] = Counter()
    bold = whole = 0
    for block in document.paragraphs():
        sizes[block.size] += len(block.text)
        whole += len(block.text)
        bold += len(block.text) * block.bold
    return (sizes.most_common(1)[0][0] if sizes else None), bold * 5 > whole * 4


def lines_of(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line), line
        at += len(line) + 1
