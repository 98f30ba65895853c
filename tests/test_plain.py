"""A report says the same however it is typed: blanks beside figures, half-width marks, what cannot be seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.intake import read_document
from extractors.plain import plain
from extractors.understanding import understand
from schema.document import Document
from schema.report import Report
from tests.documents import document

FIELD = sorted((Path(__file__).parent.parent / "fixtures" / "field").glob("*.docx"))
HALF = str.maketrans("，：；（）", ",:;()")
RADICALS = str.maketrans("支人一比入用工金食行見言二", "⽀⼈⼀⽐⼊⽤⼯⾦⾷⾏⾒⾔⼆")

#: how one typist differs from another
HABITS: dict[str, Callable[[str], str]] = {
    "blanks before figures": lambda text: re.sub(r"([\u4e00-\u9fff])(\d)", r"\1 \2", text),
    "no-break blanks before figures": lambda text: re.sub(r"([\u4e00-\u9fff])(\d)", "\\1\u00a0\\2", text),
    "blanks before units": lambda text: re.sub(r"(\d)(万元|元|人|名|%)", r"\1 \2", text),
    "marks in half width": lambda text: text.translate(HALF),
    "indents of blanks": lambda text: f"\u3000\u3000{text}" if text.strip() else text,
    "blanks of no width": lambda text: re.sub(r"(?<=[\u4e00-\u9fff])(?=[\d预支执])", "\u200b", text),
    "blanks between words": lambda text: re.sub(
        r"([，；：])(?=\S)", r" \1 ", re.sub(r"([\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff])", r"\1 ", text)
    ),
    "radicals of a font": lambda text: text.translate(RADICALS),
}


def typed(document: Document, habit: Callable[[str], str]) -> Document:
    """The document as a typist of that habit has it; Word makes the automatic numbers."""
    blocks = [
        replace(one, text=one.number + habit(one.text[len(one.number) :])) if not one.toc else one
        for one in document.blocks
    ]
    return replace(document, blocks=tuple(blocks))


def said(report: Report) -> Counter[tuple[object, ...]]:
    facts = [
        (f.concept, re.sub(r"\D", "", f.value) if f.concept == "phone" else f.value, f.period, f.stage)
        for f in report.facts
    ]
    return Counter([*facts, *((s.path, s.role, bool(s.text)) for s in report.sections)])


@pytest.mark.parametrize("habit", HABITS)
def test_field_reports_say_the_same_in_every_habit(habit: str) -> None:
    unlike = {}
    for path in FIELD:
        read = read_document(path)
        other = typed(read, HABITS[habit])
        report = understand(other)
        differs = said(understand(read)) - said(report)
        if differs:
            unlike[path.name] = differs
        for fact in report.facts:
            one = fact.evidence
            assert other.blocks[one.block].text[one.start : one.end] == one.text
    assert len(FIELD) > 40
    assert unlike == {}


PLAIN = [
    ("全年支出 12.5 万元 , 执行率 98 % 。", "全年支出12.5万元 ， 执行率98%。"),
    ("支出1,234.56万元,比上年减少;其中(基本)", "支出1,234.56万元，比上年减少；其中（基本）"),
    ("1 项目概况，本项目安排 30 万元。", "1 项目概况，本项目安排30万元。"),
    ("全年收入12万元.其中拨款10万元，支出9.5万元.", "全年收入12万元。其中拨款10万元，支出9.5万元。"),
    ("会议于8:30开始，共2:1的比例。", "会议于8:30开始，共2:1的比例。"),
    ("填报人 李某  电话 0662-3318827", "填报人 李某  电话 0662-3318827"),
    ("⽀出⼀览", "支出一览"),
    ("支\u200b出\ufeff12万元", "支出12万元"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_a_text_is_typed_plainly(text: str, expected: str) -> None:
    made = plain(document(text))
    assert made.document.blocks[0].text == expected
    for at, character in enumerate(expected):
        start, end = made.typed_span(0, at, at + 1)
        assert end - start == 1
        assert text[start] == character or text[start] in ",:;().⽀⼀"


def test_a_plain_document_is_left_alone() -> None:
    given = document("一、部门概况", "全年支出12万元，执行率98%。")
    assert plain(given).document is given


def test_brackets_within_brackets_are_read_as_any_others() -> None:
    told = "全年支出2,060.00万元（基本支出980.00万元［人员经费860.00万元，公用经费120.00万元］，项目支出1,080.00万元）。"
    report = understand(document("青禾县林业局2023年度部门整体支出绩效自评报告", "一、支出情况", told))
    parts = {
        fact.concept: fact.evidence.text for fact in report.facts if fact.concept.startswith("spending.")
    }
    assert parts == {
        "spending.total": "2,060.00万元", "spending.basic": "980.00万元", "spending.personnel": "860.00万元",
        "spending.operating": "120.00万元", "spending.project": "1,080.00万元",
    }  # fmt: skip
