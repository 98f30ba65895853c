"""Where headings stand: lines that a number, their look or their words make a heading.

Numbers are weak evidence here: they are kept as written, half-lost ones too, and only `outline`
weighs them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extractors.roles import JOINT, SAME, WEAK, claims, fold, is_annex, is_top, weight_of
from schema.document import Block, Document

Style = Literal["chapter", "clause", "item", "decimal", "point", "bracket", "circle", "annex", ""]

#: the usual order of styles from the top down
STYLES: tuple[Style, ...] = ("annex", "chapter", "clause", "item", "decimal", "point", "bracket", "circle")

DIGITS = "一二三四五六七八九十"
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

NUMBER = re.compile(
    rf"""\s*(?:
      第\s*(?P<chapter>[{DIGITS}]{{1,3}}|\d{{1,2}})\s*(?:部分|章|节)[、，：:．.\s]*      # 第一部分
    | [（(\[【〔〈]\s*(?P<item>[{DIGITS}]{{1,3}})\s*[）)\]】〕〉][、，．.：\s]*          # （一） (三）
    | (?P<item_open>[{DIGITS}]{{1,3}})\s*[）)][、．.\s]*                               # 一） : its first half lost
    | [（(]\s*(?P<item_shut>[{DIGITS}]{{1,3}})[、．.\s]+                               # （一 部门职能
    | (?P<clause>[{DIGITS}]{{1,3}})\s*[、，．.。：:]\s*                                 # 一、
    | (?P<clause_bare>[{DIGITS}]{{1,3}})[\s\u3000]+(?=[^\s{DIGITS}])                   # 一 部门概况
    | [（(]\s*(?P<bracket>\d{{1,2}})\s*[）)][、．.\s]*                                  # （1）
    | (?P<bracket_open>\d{{1,2}})[）)][、．.\s]*                                       # 1）
    | (?P<decimal>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[.．、]?(?=[\s\u3400-\u9fff（《“])\s*   # 1.1
    | (?P<point>\d{{1,2}})\s*[.．、，。]\s*(?!\d(?!\d\d\d年))                           # 1. 2、 1.2023年
    | (?P<point_bare>\d{{1,2}})[\s\u3000]*(?=[\u3400-\u9fff])                          # 1 预算编制
    | (?P<circle>[{CIRCLES}])[、．.\s]*
    | (?P<lost>[、．）)])(?=[\u3400-\u9fff])\s*                                         # ）部门职能
    )""",
    re.VERBOSE,
)
UNIT_AFTER_DECIMAL = re.compile(
    r"\s*(?:万|亿|元|分(?!析|配|项|解|类)|个(?!人)|人(?!员|才|均)|名(?!称)|倍|%|％|公里|平方|亩|吨|米)"
)
LABELLED = re.compile(r"[:：]\s*\S")
LEADER = re.compile(r"(?:[.．…·‥\-_—]{3,}|\t|\s{2,})\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$|[.．…·‥]{4,}\s*$")
CONTENTS = re.compile(r"^[\s\u3000]*目[\s\u3000]*(?:录|次)[\s\u3000]*$|^\s*contents\s*$", re.IGNORECASE)
ANNEX = re.compile(
    r"^\s*附\s*(?:件|表|录)?\s*[\d一二三四五六七八九十]{0,3}\s*[-—.]?\d?\s*(?:[:：、.．]|$|\s)"
)
SENTENCE = re.compile(r"[。；！？]")
#: a label within a paragraph: 存在问题：…。改进意见：…
LABEL = re.compile(r"[。；]\s*(?P<title>[\u3400-\u9fff]{4,12})[：:]")
#: what may stand between a title and the text glued to it
GLUE = re.compile(r"[。：:；]|\s{1,}|——")

#: the number of a second heading in one line: 评价结论及建议（一）评价结论
INNER_NUMBER = re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)](?=[\u3400-\u9fff]{2})")

LONGEST_TITLE = 45


@dataclass(frozen=True, slots=True)
class Heading:
    """A line, or the front of one, that may be a heading: number and title as written."""

    block: int
    start: int
    end: int
    number: str
    style: Style
    value: int | None  # the last part of the number
    depth: int  # parts of a decimal number, else 1
    title: str
    glued: bool  # text follows in the same line
    level: int | None = None  # the style's outline level
    loud: bool = False  # bold, centred or large among plain text
    in_table: bool = False

    @property
    def weight(self) -> float:
        return weight_of(self.title)


def number_of(text: str) -> tuple[str, Style, int | None, int, int]:
    """The number that a line begins with: as written, style, value, depth, where the title starts.

    >>> number_of("（三）部门整体支出绩效目标")[:3]
    ('（三）', 'item', 3)
    """
    match = NUMBER.match(text)
    if match is None:
        return "", "", None, 1, len(text) - len(text.lstrip())
    group = match.lastgroup or ""
    written = match.group(group)
    style: Style = {"lost": ""}.get(group, group.split("_")[0])  # type: ignore[assignment]
    if style in ("decimal",) and UNIT_AFTER_DECIMAL.match(text, match.end(group)):
        return "", "", None, 1, len(text) - len(text.lstrip())
    depth, value = 1, None
    if style == "decimal":
        parts = re.split(r"[.．]", written)
        depth, value = len(parts), int(parts[-1])
    elif style == "circle":
        value = CIRCLES.index(written) + 1
    elif style:
        value = int(written) if written.isdigit() else chinese(written)
    number = match.group().strip().rstrip("：:")
    return number, style, value, depth, match.end()


def chinese(text: str) -> int:
    """
    >>> [chinese(text) for text in ("三", "十", "十二", "二十一")]
    [3, 10, 12, 21]
    """
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return DIGITS.index(text[-1]) + 1
    return (DIGITS.index(tens[0]) + 1 if tens else 1) * 10 + (DIGITS.index(ones[0]) + 1 if ones else 0)


def headings(document: Document) -> list[Heading]:
    """Every heading of the text, in order; lines of a table of contents left out."""
    skipped = contents_lines(document)
    usual = _usual_look(document)
    prose_tables = frozenset(tables_of_prose(document))
    labels = _label_cells(document)
    found: list[Heading] = []
    title = _paper_title(document)
    for block in document.body():
        if block.index in skipped or block.index == title:
            continue
        if block.kind == "cell":
            if block.index in labels:
                found.append(_label(block))
            elif block.table in prose_tables:
                found += (replace(heading, in_table=True) for heading in _of_block(block, usual))
            continue
        found += _of_block(block, usual)
    return _split(document, found)


#: how the measures begin where problems and measures share one heading
NEXT_STEP = re.compile(
    r"(?:^|[。；\n])\s*(?P<title>下一步|下一阶段|今后|针对(?:上述|以上|存在的?|这些)问题|针对以上不足)(?=[，,：:我本将是的])"
)


def _split(document: Document, found: list[Heading]) -> list[Heading]:
    """Adds the heading that 存在问题及改进意见 hides: the measures begin in its text with 下一步，…"""
    firsts = [claims(heading.title)[0].role if claims(heading.title) else None for heading in found]
    if "improvements" in firsts:
        return found
    for i, heading in enumerate(found):
        roles = [claim.role for claim in claims(heading.title)]
        if roles[:2] != ["problems", "improvements"]:
            continue
        stop = next((other.block for other in found[i + 1 :] if other.weight >= JOINT), len(document.blocks))
        for block in document.blocks[heading.block : stop]:
            start = heading.end if block.index == heading.block else 0
            if block.kind == "paragraph" and (hit := NEXT_STEP.search(block.text, start)):
                first, last = hit.span("title")
                added = Heading(block.index, first, last, "", "", None, 1, hit.group("title"), True)
                return sorted([*found, added], key=lambda h: (h.block, h.start))
    return found


#: 2022年度部门整体支出绩效自评结果 at the very top is the paper's title, whatever role its words have
PAPER = re.compile(r"20\d\d|(?:绩效|自评|评价|整体支出).*(?:报告|结果|情况|总结|表|说明)$")


def _paper_title(document: Document) -> int | None:
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
            for _, _, line in _lines(cell.text):
                number, _, _, _, at = number_of(line)
                if number and (hit := _title(line[at:], bool(number))) and (known := claims(hit[0])):
                    titled += known[0].weight >= JOINT - 0.2
        if titled >= 2:
            yield table.index


def _label(block: Block) -> Heading:
    text = block.text.strip()
    start = block.text.index(text)
    return Heading(block.index, start, start + len(text), "", "", None, 1, text, False, in_table=True)


#: a report is filled into a table where this many labels of one are in it
LABELS = 4
INDICATORS = re.compile(r"^(?:[一二三]级指标|分值|得分|自评得分|年度指标值|实际完成值|指标值|评分标准|权重)")


def _label_cells(document: Document) -> frozenset[int]:
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


def _usual_look(document: Document) -> tuple[float | None, bool]:
    """The size of most characters, and whether most of the text is bold (then bold says nothing)."""
    sizes: Counter[float | None] = Counter()
    bold = whole = 0
    for block in document.paragraphs():
        sizes[block.size] += len(block.text)
        whole += len(block.text)
        bold += len(block.text) * block.bold
    return (sizes.most_common(1)[0][0] if sizes else None), bold * 2 > whole


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line), line
        at += len(line) + 1


def _of_block(block: Block, usual: tuple[float | None, bool]) -> Iterator[Heading]:
    size, all_bold = usual
    bigger = block.size is not None and size is not None and block.size > size
    short = len(block.text.strip()) <= LONGEST_TITLE
    loud = short and ((block.bold and not all_bold) or bigger or block.centered)
    for start, _end, line in _lines(_joined(block.text)):
        at = 0
        while at < len(line):
            heading = _of_line(block, line[at:], start + at, loud)
            if heading is None:
                break
            yield heading
            at = heading.end - start
            if not heading.glued:
                break
            # a second heading right after the first: 四、评价结论及建议（一）评价结论
            if not number_of(line[at:])[0] or not _known(line[at:]):
                break
        yield from _inner(block, line, start, at)


def _joined(text: str) -> str:
    """The text with a line end inside an open bracket blanked: a title broken over two lines."""
    return re.sub(r"(（[^（）\n]{0,30})\n([^（）\n]{0,20}）)", r"\1 \2", text)


def _known(line: str) -> bool:
    _, _, _, _, at = number_of(line)
    hit = _title(line[at:], True)
    return hit is not None and (is_top(hit[0]) or bool(claims(hit[0])))


def _inner(block: Block, line: str, start: int, after: int) -> Iterator[Heading]:
    """Headings that lost their line break: "…。2.预算执行情况。…" """
    for stop in re.finditer(r"[。；]\s*(?=[（(\d一二三四五六七八九十])", line[after:]):
        rest = line[after + stop.end() :]
        number, style, _, _, at = number_of(rest)
        if not number or style == "":
            continue
        hit = _title(rest[at:], True)
        if hit is None or not (found := claims(hit[0])) or found[0].weight < SAME or len(fold(hit[0])) < 4:
            continue
        heading = _of_line(block, rest, start + after + stop.end(), False)
        if heading:
            yield heading
    for label in LABEL.finditer(line, after):
        found = claims(label.group("title"))
        if found and found[0].weight == SAME and found[0].role in ("problems", "improvements"):
            heading = _of_line(block, line[label.start("title") :], start + label.start("title"), False)
            if heading:
                yield heading


def _of_line(block: Block, line: str, offset: int, loud: bool) -> Heading | None:
    number, style, value, depth, at = number_of(line)
    rest = line[at:]
    if ANNEX.match(line) and len(line.strip()) <= LONGEST_TITLE and offset == 0:
        return _annex(block, line, offset)
    if (
        not number
        and is_annex(line)
        and len(line.strip()) <= LONGEST_TITLE
        and (loud or offset == 0)
        and (not LABELLED.search(line) and not SENTENCE.search(line))
    ):
        return _annex(block, line, offset)
    hit = _title(rest, bool(number))
    if hit is None:
        return None
    title, length, glued = hit
    weight = weight_of(title)
    if not _is_heading(number, style, title, glued, weight, loud or block.level is not None, rest):
        return None
    first = offset + len(line) - len(line.lstrip())
    return Heading(
        block.index, first, offset + at + length, number, style, value, depth, title, glued,
        block.level, loud,
    )  # fmt: skip


def _annex(block: Block, line: str, offset: int) -> Heading:
    lead = len(line) - len(line.lstrip())
    title = line.strip()
    return Heading(
        block.index, offset + lead, offset + lead + len(title), "", "annex", None, 1, title, False,
        block.level, True,
    )  # fmt: skip


def _is_heading(
    number: str, style: Style, title: str, glued: bool, weight: float, loud: bool, rest: str
) -> bool:
    folded = fold(title)
    if not folded or folded.isdigit():
        return False
    # "一 部门概况", "1 预算编制": a space is no number mark
    bare = bool(number) and style != "chapter" and (number[-1].isdigit() or number[-1] in DIGITS)
    bare = bare and style != "decimal"
    if number and style != "" and not bare:
        if weight >= WEAK:
            return True
        return len(folded) <= 24 and "，" not in title if glued else len(folded) <= 40
    if weight < JOINT - 0.2 or len(folded) < (2 if bare or number else 4):
        return loud and weight >= WEAK and not glued and len(folded) >= 2 and not LABELLED.search(rest)
    if not glued:
        return True
    # a heading without a number in front of its text: 下一步改进措施：…
    if weight < SAME:
        return False
    behind = rest.lstrip()[len(title) :]
    if re.match(r"[：:]\s*[-\d]", behind):
        return False  # 年初预算：135.47万元 is a figure with its label
    return behind[:1] in ("：", ":") or (behind[:1] == "。" and len(folded) >= 4)


def _title(rest: str, numbered: bool) -> tuple[str, int, bool] | None:
    """The title at the front of what follows a number: its text, its length, whether text follows."""
    text = rest.rstrip()
    lead = len(text) - len(text.lstrip())
    body = text[lead:]
    if not body:
        return None
    if numbered and (length := _run_on(body)) and length < len(body.rstrip("。：:；;.")):
        return body[:length], lead + length, True
    whole = body.rstrip("。：:；;.")
    inner = INNER_NUMBER.search(whole)
    if inner and (_sure(whole[: inner.start()]) or is_top(whole[: inner.start()])):
        return whole[: inner.start()].rstrip(), lead + len(whole[: inner.start()].rstrip()), True
    if len(whole) <= LONGEST_TITLE and not SENTENCE.search(whole) and not LABELLED.search(body):
        spaced = re.match(r"(\S{2,20})[\s\u3000]+(?=\S{6,})", body)
        if not (spaced and _sure(spaced.group(1)) and not _sure(whole)):
            return whole, lead + len(whole), False
    for mark in GLUE.finditer(body[: LONGEST_TITLE + 2]):
        title = body[: mark.start()]
        if not title:
            continue
        if mark.group().isspace() and not _sure(title):
            continue
        return title, lead + len(title), True
    return None


def _sure(title: str) -> bool:
    found = claims(title)
    return bool(found) and found[0].weight >= JOINT - 0.2 and len(fold(title)) >= 4


def _run_on(body: str) -> int:
    """The length of a title with the text right behind it and no mark between: 预算执行情况2023年我局…"""
    for match in re.finditer(
        r"(?:情况|结论|问题|措施|目标|职能|职责|效益|任务|）|\))(?=20\d\d|我|本|截|经|为|一是|无)", body[:32]
    ):
        if _sure(body[: match.end()]):
            return match.end()
    return 0
