"""Where a cover's values stand: beside and below labels, in the title, at the end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.context import Context
from extractors.covers import COVER_LINE, Label, covers, fold_label, tidy
from extractors.dates import YEAR
from schema.document import Block, Document
from schema.report import Section

#: the most lines before the first heading that count as cover, and at the end as signature
COVER_LINES, CLOSING_LINES = 40, 12


@dataclass(frozen=True, slots=True)
class Span:
    """A place that may hold a value: blocks[block].text[start:end], and where it was found."""

    block: int
    start: int
    end: int
    region: int  # 0 cover, 1 title, 2 end, 3 table, 4 body
    rank: int
    generic: bool  # its label is too short to be trusted alone


#: 部门名称：某区应急管理局　　下属单位：2个: what a label that nobody asks for ends
NEXT_LABEL = re.compile(r"(?<=\S)[ \u3000\xa0]{2,}[一-鿿]{2,8}[：:]")


def labelled(document: Document, sections: tuple[Section, ...]) -> dict[str, list[Span]]:
    """The places that labels point at, by concept, the cover's first."""
    first = sections[0].block if sections else len(document.blocks)
    paragraphs = [block for block in document.paragraphs() if block.text.strip()]
    signed = 2 if document.tables else 0  # a form of few lines ends with its signatures too
    last = CLOSING_LINES if len(paragraphs) > CLOSING_LINES else signed
    closing = {block.index for block in paragraphs[len(paragraphs) - last :]}
    found: dict[str, list[Span]] = defaultdict(list)
    body = list(document.body())
    for at, block in enumerate(body):
        region = (
            0 if block.index < first else 2 if block.index in closing else 3 if block.kind == "cell" else 4
        )
        labels = _labels_of(block, region)
        for i, label in enumerate(labels):
            stop = labels[i + 1].start if i + 1 < len(labels) else _line_end(block.text, label.end)
            if label.field.concept == "department" and (
                strange := NEXT_LABEL.search(block.text, label.end, stop)
            ):
                stop = strange.start()
            span = Span(block.index, label.end, stop, region, label.field.rank, label.generic)
            if not tidy(block.text[label.end : stop]) and i + 1 == len(labels):
                beyond = _beyond(document, body, at, label)
                if beyond is None:
                    continue
                span = Span(*beyond, region, label.field.rank, label.generic)
            found[label.field.concept].append(span)
    for spans in found.values():
        spans.sort(key=lambda span: (span.region if span.region != 4 else 9, span.rank, span.block))
    return found


def _labels_of(block: Block, region: int) -> list[Label]:
    text = block.text
    if block.kind == "cell" and text.strip() == "年月日":
        return []  # the unit of a target that is a day
    if block.kind == "cell" and len(text) <= 40 and ("：" not in text and ":" not in text):
        field = covers().fields.get(fold_label(text))
        return [Label(field, 0, len(text), len(fold_label(text)) <= 2)] if field else []
    if spoken := list(_spoken(text)):
        return spoken
    if len(text) > 160 and region != 0:
        return _signed(text) or (_inside(text) if region == 4 else [])
    if region in (0, 2) and (framed := list(_framed(text))):
        return framed
    if ":" not in text and "：" not in text:
        return _bare(text) if region in (0, 2) else []
    found = list(covers().labels(text))
    if region == 4 and found and text[: found[0].start].strip():
        return _inside(text)  # labels in the midst of a sentence
    return found


def _inside(text: str) -> list[Label]:
    """Labels of a department where a sentence, a bracket or an item begins: 2.实施单位：雁北县林业局。"""
    return [
        label
        for label in covers().labels(text)
        if label.field.concept == "department"
        and not label.generic
        and re.search(r"(?:^|[（(。；，、.．\d）)])\s*$", text[: label.start])
    ]


def _signed(text: str) -> list[Label]:
    """The labels that the last line of a long text begins with, where a whole report is one cell or one paragraph."""
    start = text.rstrip().rfind("\n") + 1
    found = [label for label in covers().labels(text) if label.start >= start]
    alone = start > 0 and len(text) - start <= COVER_LINE
    return found if found and alone and not text[start : found[0].start].strip() else []


#: 联系人周海宁　联系电话13800000000 · …，填表人周海宁，电话0557-4100000。
SPOKEN = re.compile(
    r"(?:^|[\s\u3000，。；、（(])(?P<person>(?:填报|填表|联系|经办|制表|编制)人)(?P<name>[\u3400-\u9fff]{2,4})[\s\u3000，,、；;（(]*"
    r"(?P<phone>(?:联系|办公|固定)?电话|联系方式|手机(?:号码?)?)[为是]?(?=\s?[\d（(+])"
)


def _spoken(text: str) -> Iterator[Label]:
    """The labels of who filled a report in and of the telephone, told in a sentence or a line without colons."""
    for found in SPOKEN.finditer(text):
        for part in ("person", "phone"):
            if field := covers().fields.get(found[part]):
                yield Label(field, found.start(part), found.end(part), False)


#: 【填报单位】青河县民政局
FRAME = re.compile(r"[【〔\[]\s*(?P<label>[^】〕\]]{2,14}?)\s*[】〕\]]\s*[:：]?")


def _framed(text: str) -> Iterator[Label]:
    for found in FRAME.finditer(text):
        if field := covers().fields.get(fold_label(found.group("label"))):
            yield Label(field, found.start(), found.end(), False)


#: a label of at least three characters and the gap or rule behind it
GAPPED = re.compile(
    r"((?:[\u3400-\u9fff][ \u3000]??){3,12}?)(?:[（(][^（()）]{1,8}[）)])?[\s\u3000_＿]+(?=\S)"
)


def _bare(text: str) -> list[Label]:
    """Labels and their values divided by gaps or rules: "填报单位  ____司法局____  填报人  李明" """
    found: list[Label] = []
    at = len(text) - len(text.lstrip())
    while match := GAPPED.match(text, at):
        field = covers().fields.get(fold_label(match.group(1)))
        if field:
            found.append(Label(field, match.start(), match.end(), False))
        elif not found:
            break
        gap = re.compile(r"[\s\u3000_＿]{2,}(?=\S)").search(text, match.end())
        if gap is None:
            break
        at = gap.end()
    if found:
        return found
    field = covers().fields.get(fold_label(text)) if len(text) <= 24 else None
    return [Label(field, 0, len(text), len(fold_label(text)) <= 2)] if field else []


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    if end < 0 or not tidy(text[start:end]):  # the value stands on the next line of the block
        again = text.find("\n", end + 1) if end >= 0 else -1
        return again if again >= 0 else len(text)
    return end


#: 序号 | 问题 | 整改要求 | 责任单位 | 完成时限: heads of a list's columns, with nothing of their own beside them
LIST_HEAD = re.compile(
    r"序\s?号|(?:存在|主要|发现)?(?:的)?问题.{0,4}|(?:整改|改进|工作|任务).{0,6}|.{0,6}(?:措施|时限|要求|事项|任务|备注|期限)"
)


def _beyond(document: Document, body: list[Block], at: int, label: Label) -> tuple[int, int, int] | None:
    """Where an empty label's value stands: the cell to the right, or the next line."""
    block = body[at]
    if block.kind == "cell" and block.table is not None:
        cells = sorted(
            (
                cell
                for cell in document.tables[block.table].cells
                if cell.row <= (block.row or 0) < cell.row + cell.rowspan
            ),
            key=lambda cell: cell.col,
        )
        if sum(bool(LIST_HEAD.fullmatch(document.blocks[cell.block].text.strip())) for cell in cells) > 1:
            return None
        for cell in cells:
            if cell.col > (block.col or 0):
                text = document.blocks[cell.block].text
                if not text.strip():
                    continue
                folded = covers().fields.get(fold_label(text))
                return None if folded else (cell.block, 0, len(text))
        return None
    for following in body[at + 1 : at + 3]:
        if following.kind != "paragraph":
            return None
        if following.text.strip():
            line = following.text.split("\n")[0]
            if len(line) > 40 or next(iter(covers().labels(line)), None) or "。" in line:
                return None
            return following.index, 0, len(line)
    return None


#: the first line of a title that goes on in the next
UNFINISHED = re.compile("(?:支出|项目|资金|专项|经费|工程)$")


def title_lines(document: Document, sections: tuple[Section, ...]) -> list[Block]:
    """The lines above the first section that say what the paper is."""
    first = sections[0].block if sections else len(document.blocks)
    lines: list[Block] = []
    for block in document.body():
        if block.index >= first or len(lines) >= COVER_LINES:
            break
        if block.text.strip():
            lines.append(block)
    found = [
        block for block in lines
        if len(block.text.strip()) <= 80 and covers().title.search("".join(block.text.split())) and "：" not in block.text.strip().rstrip("：") and not re.search("[。，]", block.text)
    ]  # fmt: skip
    if found and (at := lines.index(found[0])) and not any(YEAR.search(block.text) for block in found):
        above = lines[at - 1]  # 2024年度智慧停车项目支出 / 绩效自评报告
        if YEAR.search(above.text) and len(above.text) <= 60 and UNFINISHED.search(above.text):
            found.insert(0, above)
    if not found and lines and len(lines[0].text) <= 60 and lines[0].kind == "paragraph":
        found = [
            block
            for block in lines[:3]
            if YEAR.search(block.text) and len(block.text) <= 60 and not re.search("[：，。]", block.text)
        ]
    return found


def sure(context: Context, span: Span) -> float:
    read = context.document.blocks[span.block].confidence(span.start, span.end)
    return round(read * (1.0, 0.97, 0.9, 0.95, 0.8)[span.region], 4)
