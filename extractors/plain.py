"""A document as it would read were all reports typed alike: no blank between a Chinese character and a figure, none
between words, Chinese marks in Chinese sentences. What is understood of it is put back to the characters as they were typed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from schema.document import Block, Document, Ledger, Source
from schema.quantity import Quantity
from schema.report import Evidence, Remark, Report, Section, evidence_at

Understood = TypeVar("Understood")

#: a text with one of these is prose; in other lines a blank divides labels and columns
SENTENCE = re.compile("[，。；]")
HAN = "\u4e00-\u9fff，。；：、（）“”《》"
#: 完成 98.5% 的任务 · 2023 年: one blank beside a figure
BLANK = re.compile(rf"(?<=[{HAN}])[ \u00a0](?=\d)|(?<=[\d%％])[ \u00a0](?=[{HAN}%％])")
#: 支出 中 , 基本支出 812.33 万元 : a blank between two words or marks, as some type after every word
BETWEEN_WORDS = re.compile(rf"(?<=[{HAN}])[ \u00a0](?=[{HAN}])")
GAP = re.compile(
    rf"(?<![ \u00a0\u3000])(?:(?<=[{HAN},.:;()\[\]%％])[ \u00a0](?=\S)|(?<=\S)[ \u00a0](?=[{HAN},.:;()\[\]%％]))(?![ \u00a0\u3000])"
)
#: so many of a hundred characters of all prose are such blanks where words are typed apart
GAPS_OF_100 = 6
#: the blank behind a line's own number: 1 项目概况
NUMBER = re.compile(r"^\s*\d{1,2}[ \u00a0](?![年月日个名次元万亿%]|人(?!员)|项(?!目)|家(?!庭))", re.MULTILINE)
#: 编　　制：34名 · 截至 六 月 三十 日: a label and a date set apart for looks
SET_APART = re.compile(
    r"^(?:[\u4e00-\u9fff][ \u00a0\u3000]{1,8}){1,3}[\u4e00-\u9fff](?=\s?[：:])"
    r"|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}[ \u00a0]{1,2}月(?:[ \u00a0]{0,2}[一二三四五六七八九十]{1,3}[ \u00a0]{0,2}日)?",
    re.MULTILINE,
)
#: zero-width blanks and joiners, byte order marks and soft hyphens, as web pages leave them
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
#: marks in half width, but those within a figure or a time: 1,234 · 8:30
MARK = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;()]")
CHINESE = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）"}
#: 全年支出12万元.其中 : a sentence's end, and not that of a number (一. 1. 3.5)
STOP = re.compile(
    r"(?<=[\u4e00-\u9fff%％）])(?<![一二三四五六七八九十])[.．](?=\s*(?:[\u4e00-\u9fff“]|$))", re.MULTILINE
)
#: radicals and compatibility forms that a PDF's font gives in place of the characters that they look like: ⽀出
LOOKALIKES = {
    code: folded
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
    if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1 and folded != chr(code)
} | {ord("［"): "（", ord("］"): "）"}  # （基本支出1,984万元［人员经费1,742万元］）: brackets within brackets


@dataclass(frozen=True)
class Plain:
    """`document` is `typed` in plain characters. `places` has, for each block that lost blanks, where each
    character of its plain text, and its end, stands in the typed one."""

    document: Document
    typed: Document
    places: dict[int, list[int]]

    def as_typed(self, report: Report) -> Report:
        """What was understood of the plain document, with evidence in the typed one."""
        return report if self.document is self.typed else self._put_back(report, {})

    def _put_back(self, one: Understood, done: dict[int, object]) -> Understood:
        """`one`, or a part of a report, with each place in typed characters. What stands in it twice (a fact, and
        the fact in a list of projects) stays one object."""
        if id(one) not in done:
            done[id(one)] = self._placed(one, done)
        return done[id(one)]  # type: ignore[return-value]

    def _placed(self, one: object, done: dict[int, object]) -> object:
        if isinstance(one, Evidence):
            return evidence_at(
                self.typed, one.block, *self.typed_span(one.block, one.start, one.end), one.section
            )
        if isinstance(one, tuple):
            return tuple(self._put_back(part, done) for part in one)
        if isinstance(one, dict):
            return {key: self._put_back(part, done) for key, part in one.items()}
        if not is_dataclass(one) or isinstance(one, type | Source | Ledger | Quantity):
            return one
        parts = {field.name: self._put_back(getattr(one, field.name), done) for field in fields(one)}
        if isinstance(one, Section):
            parts["start"], parts["end"] = self.typed_span(one.block, one.start, one.end)
        if isinstance(one, Remark):
            parts["sentence"] = self.typed_span(one.evidence.block, *one.sentence)
        return replace(one, **parts)

    def typed_span(self, block: int, start: int, end: int) -> tuple[int, int]:
        """The typed characters of a block's plain ones."""
        places = self.places.get(block)
        if places is None:
            return start, end
        return places[start], places[end - 1] + 1 if end > start else places[start]


def plain(document: Document) -> Plain:
    """The document typed plainly; the very same where it is."""
    places: dict[int, list[int]] = {}
    apart = _words_apart(document)
    blocks = tuple(_plain(_closed(one, places) if apart else one, places) for one in document.blocks)
    same = all(one is other for one, other in zip(blocks, document.blocks, strict=True))
    return Plain(document if same else replace(document, blocks=blocks), document, places)


def _words_apart(document: Document) -> bool:
    """Whether the document's words are typed apart."""
    prose = [block.text for block in document.blocks if len(block.text) > 12]
    gaps = sum(len(BETWEEN_WORDS.findall(text)) for text in prose)
    return gaps * 100 > GAPS_OF_100 * sum(map(len, prose))


def _closed(block: Block, places: dict[int, list[int]]) -> Block:
    """A block without the blanks between its words."""
    return _without(block, block.text, {found.start() for found in GAP.finditer(block.text)}, places)


def _plain(block: Block, places: dict[int, list[int]]) -> Block:
    text = block.text.translate(LOOKALIKES)
    dropped = {found.start() for found in UNSEEN.finditer(text)}
    for apart in SET_APART.finditer(text):
        dropped |= {at for at in range(*apart.span()) if text[at].isspace()}
    marked = STOP.sub("。", MARK.sub(lambda mark: CHINESE[mark[0]], text))
    prose = SENTENCE.search(marked) is not None
    if prose:
        numbers = {found.end() - 1 for found in NUMBER.finditer(marked)}
        dropped |= {found.start() for found in BLANK.finditer(marked, len(block.number))} - numbers
        dropped |= set(range(len(text) - len(text.lstrip())))  # an indent of typed blanks
    return _without(block, marked if block.kind != "cell" or prose else text, dropped, places)


def _without(block: Block, text: str, dropped: set[int], places: dict[int, list[int]]) -> Block:
    """A block with this text less the characters `dropped`, and in `places` where each of the rest was typed."""
    if not dropped:
        return block if text == block.text else replace(block, text=text)
    kept = [at for at in range(len(text)) if at not in dropped]
    typed = places.get(block.index, range(len(text) + 1))
    places[block.index] = [typed[at] for at in (*kept, len(text))]
    return replace(
        block,
        text="".join([text[at] for at in kept]),
        boxes=tuple(block.boxes[at] for at in kept) if block.boxes else (),
        confidences=tuple(block.confidences[at] for at in kept) if block.confidences else (),
        turns=tuple(bisect_left(kept, turn) for turn in block.turns),
    )
