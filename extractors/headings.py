"""Where headings stand: lines that a number, their look or their words make a heading.

Numbers are weak evidence here: they are kept as written, half-lost ones too, and only `outline`
weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.covers import covers, fold_label
from extractors.layout import contents_lines, label_cells, lines_of, paper_title, tables_of_prose, usual_look
from extractors.ordinals import DIGITS, FORMAL, Style, number_of
from extractors.roles import JOINT, SAME, WEAK, claims, fold, is_annex, weight_of
from extractors.titles import LABELLED, LONGEST_TITLE, SENTENCE, is_known, title_of
from schema.document import Block, Document

ANNEX = re.compile(
    r"^\s*附\s*(?:件|表|录)?\s*[\d一二三四五六七八九十]{0,3}\s*[-—.]?\d?\s*(?:[:：、.．]|$|\s)"
)
#: a label within a paragraph: 存在问题：…。改进意见：…
LABEL = re.compile(r"[。；]\s*(?P<title>[\u3400-\u9fff]{4,12})[：:]")


#: the points in brackets behind a title
BEHIND = re.compile(r"\s?[（(][^（()）元]*\d\s?分[^（()）元]*[）)]$")
#: a figure in a line makes it a sentence, where a comma does too
FIGURE = re.compile(r"\d\s*(?:[万亿]?元|%|％|个|人|名|家|项|次|期|分)")


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


def headings(document: Document) -> list[Heading]:
    """Every heading of the text, in order; lines of a table of contents left out."""
    skipped = contents_lines(document)
    usual = usual_look(document)
    prose_tables = frozenset(tables_of_prose(document))
    labels = label_cells(document)
    found: list[Heading] = []
    title = paper_title(document)
    for block in document.body():
        if block.index in skipped or block.index == title:
            continue
        if title is not None and block.index < title and not number_of(block.text)[0]:
            continue  # 2023年度部门整体支出 / 绩效自评报告
        if block.kind == "cell":
            if block.index in labels:
                found.append(_label(block))
            elif block.table in prose_tables:
                found += (replace(heading, in_table=True) for heading in _of_block(block, usual))
            continue
        found += _of_block(block, usual)
    ordered = _continued(
        document, _without_cover(_in_order(_without_scraps(document, found, labels))), skipped
    )
    return _split(document, _without_echoes(document, ordered))


def _without_scraps(document: Document, found: list[Heading], labels: Container[int]) -> list[Heading]:
    """Without quiet words of two or three characters that no prose stands under: 目标, in a table that lost
    its rules. `labels` are the cells that label a part of a form."""
    kept: list[Heading] = []
    for heading in found:
        plain = not (heading.number or heading.loud or heading.glued) and heading.level is None
        if plain and len(fold(heading.title)) < 4 and weight_of(heading.title) == SAME:
            if document.blocks[heading.block].kind == "cell" and heading.block not in labels:
                continue
            below = next((b.text for b in document.blocks[heading.block + 1 :] if b.text.strip()), "")
            if len(below.strip()) < 12 and weight_of(below.strip()) < JOINT:
                continue
        kept.append(heading)
    return kept


def _in_order(found: list[Heading]) -> list[Heading]:
    """By place, without one that begins inside another."""
    kept: list[Heading] = []
    for heading in sorted(found, key=lambda h: (h.block, h.start)):
        if not kept or (kept[-1].block, kept[-1].end) <= (heading.block, heading.start):
            kept.append(heading)
    return kept


def _without_cover(found: list[Heading]) -> list[Heading]:
    """Without the lines in front of the first numbered or known heading that only their style makes
    one, nor such with the labels of a cover, numbered or not: ②填报人：叶知遥"""
    first = next(
        (i for i, h in enumerate(found) if (h.number or h.style or h.weight > 0) and not _of_cover(h)),
        len(found),
    )
    return found[first:]


OF_COVER = frozenset(("department", "preparer", "preparer+phone", "phone", "filed_on"))


def _of_cover(heading: Heading) -> bool:
    """Whether a heading is a label with its value that covers have."""
    field = covers().fields.get(fold_label(heading.title))
    return heading.glued and field is not None and field.concept in OF_COVER


NUMERALS = frozenset(f"0123456789{DIGITS}{FORMAL}")


def _is_bare(number: str, style: Style) -> bool:
    """Whether a number has no mark behind it: 一 部门概况, 1预算编制."""
    return bool(number) and style not in ("chapter", "decimal") and number[-1] in NUMERALS


def _continued(document: Document, found: list[Heading], skipped: frozenset[int]) -> list[Heading]:
    """With the lines of strange words that carry the next number of an outline without marks:
    "5绩效自评结果应用" after "4存在的问题", and "1 项目来历" before "2 干什么" and "3 定的目标"."""
    taken = {heading.block: heading for heading in found}
    bare = {block.index: line for block in document.paragraphs() if (line := _bare_line(block))}
    kept: list[Heading] = []
    run = _counted(document, taken, bare, skipped)
    last: Heading | None = None
    for block in document.paragraphs():
        if heading := taken.get(block.index):
            kept += [other for other in found if other.block == block.index]
            last = heading if _is_bare(heading.number, heading.style) else last
            continue
        line = bare.get(block.index) if block.index not in skipped else None
        if line is None:
            continue
        follows = last and line.style == last.style and line.value == (last.value or 0) + 1
        if block.index in run or (follows and len(line.title) >= 4):
            last = line
            kept.append(line)
    rest = [heading for heading in found if heading.in_table]
    return _in_order([*kept, *rest])


def _bare_line(block: Block) -> Heading | None:
    """A line of a few words behind a number without a mark, whatever they say."""
    if len(block.text) > LONGEST_TITLE:
        return None
    number, style, value, depth, at = number_of(block.text)
    title = block.text[at:].strip()
    if not (value and _is_bare(number, style) and re.fullmatch(r"[\u3400-\u9fff“”（）、及]{1,20}", title)):
        return None
    end = at + len(block.text[at:].rstrip())
    start = len(block.text) - len(block.text.lstrip())
    return Heading(block.index, start, end, number, style, value, depth, title, False, block.level)


#: as many lines in a row of numbers make an outline
RUN = 4


def _counted(
    document: Document, taken: dict[int, Heading], bare: dict[int, Heading], skipped: frozenset[int]
) -> frozenset[int]:
    """The blocks of short lines without marks that count from one on, each with text below it."""
    runs: dict[Style, list[int]] = {}
    paragraphs = [block for block in document.paragraphs() if block.text.strip()]
    for block, below in pairwise(paragraphs):
        heading = taken.get(block.index)
        line = heading if heading and _is_bare(heading.number, heading.style) else bare.get(block.index)
        if line is None or block.index in skipped or line.value != len(runs.get(line.style, ())) + 1:
            continue
        if below.index not in bare:
            runs.setdefault(line.style, []).append(block.index)
    return frozenset(index for run in runs.values() if len(run) >= RUN for index in run)


def _without_echoes(document: Document, found: list[Heading]) -> list[Heading]:
    """Without the label that a section's text begins with: （三）绩效目标 / 年度绩效目标：保障…"""
    kept: list[Heading] = []
    for heading in found:
        above = kept[-1] if kept else None
        if above and heading.glued and not heading.number and not above.glued and above.number:
            own = {claim.role for claim in claims(heading.title)}
            between = document.blocks[above.block + 1 : heading.block]
            directly = heading.block > above.block and not any(block.text.strip() for block in between)
            if directly and {claim.role for claim in claims(above.title)} == own:
                continue
        kept.append(heading)
    return kept


#: how the measures begin where problems and measures share one heading
NEXT_STEP = re.compile(
    r"""(?:^|[。；\n])\s*(?P<title>
      (?:下一步|下一阶段|今后|针对(?:上述|以上|存在的?|这些)问题|针对以上不足|(?:改进|整改)(?:措施|意见))(?=[，,：:我本将是的])
    | 建议(?=[：:\u3400-\u9fff]))""",
    re.VERBOSE,
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


def _label(block: Block) -> Heading:
    text = block.text.strip()
    start = block.text.index(text)
    return Heading(block.index, start, start + len(text), "", "", None, 1, text, False, in_table=True)


def _of_block(block: Block, usual: tuple[float | None, bool]) -> Iterator[Heading]:
    size, all_bold = usual
    bigger = block.size is not None and size is not None and block.size > size
    short = len(block.text.strip()) <= LONGEST_TITLE
    loud = short and ((block.bold and not all_bold) or bigger or block.centered)
    for start, _end, line in lines_of(_joined(block.text)):
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
            if not number_of(line[at:])[0] or not is_known(line[at:]):
                break
        yield from _inner(block, line, start, at)


def _joined(text: str) -> str:
    """The text with a line end inside an open bracket blanked: a title broken over two lines."""
    return re.sub(r"(（[^（）\n]{0,30})\n([^（）\n]{0,20}）)", r"\1 \2", text)


def _inner(block: Block, line: str, start: int, after: int) -> Iterator[Heading]:
    """Headings that lost their line break: "…。2.预算执行情况。…" """
    for stop in re.finditer(r"[。；]\s*(?=[（(\d一二三四五六七八九十])", line[after:]):
        rest = line[after + stop.end() :]
        number, style, _, _, at = number_of(rest)
        if not number or style == "":
            continue
        hit = title_of(rest[at:], True)
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


#: 【学校概况】, 〖预算执行〗 alone in its line, or in front of its text
FRAMED = re.compile(
    r"\s*[【〖［\[]\s*(?P<title>[^】〗］\]\n]{2,24}?)\s*[】〗］\]][：:。]?\s*(?P<rest>.*)", re.DOTALL
)
#: 【简述项目的主要做法，不少于200字】: what the template asks for
INSTRUCTION = re.compile(r"^(?:请|填写|填报|此处|简述|简要|详细说明|逐项)|\d+字")


def _of_line(block: Block, line: str, offset: int, loud: bool) -> Heading | None:
    framed = FRAMED.fullmatch(line)
    if framed and not number_of(line)[0] and not INSTRUCTION.search(framed.group("title")):
        title, glued = framed.group("title"), bool(framed.group("rest").strip())
        number, style, value, depth, at = number_of(title)
        if weight_of(title[at:]) >= WEAK or (not glued and re.search(r"[\u3400-\u9fff]{2}", title)):
            first, last = (offset + place for place in framed.span("title"))
            return Heading(
                block.index, first, last, number, style, value, depth, title[at:], glued, block.level, True
            )
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
    hit = title_of(rest, bool(number))
    if hit is None:
        return None
    title, length, glued = hit
    weight = weight_of(title)
    styled = block.level is not None
    if not _is_heading(number, style, title, glued, weight, loud or styled, rest) and not (
        styled and not glued and not number and 2 <= len(fold(title)) <= 30 and not LABELLED.search(rest)
    ):
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
    bare = _is_bare(number, style)
    if number and style != "" and not bare:
        if weight >= WEAK:
            return True
        said = BEHIND.sub("", title)  # 3、满意度（10分，得10.00分）
        if "，" in said and FIGURE.search(said):
            return False  # 1.项目执行率偏低，年末结转33.17万元。 is a sentence
        return len(folded) <= 24 and "，" not in title if glued else len(folded) <= 40
    alone = weight == SAME and not glued and rest.strip() == title  # 职责 in a line of its own
    if weight < JOINT - 0.2 or len(folded) < (2 if bare or number or alone else 4):
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
