"""Profiles: chosen by content, by name or by file; every value with its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.explain.examples import TITLES
from schema.explain.making import fact, place, report, section
from schema.profile import (
    NotAProfile,
    choose_profile,
    load_profile,
    outline_fits,
    profile_names,
    province_of,
)
from schema.report import Citation, Report
from schema.rules import check

NAMES = ("mof", "anhui", "guangdong", "hubei", "hunan", "sichuan", "yunnan")


def test_names() -> None:
    assert profile_names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_is_dated_and_cites(name: str) -> None:
    profile = load_profile(name)
    assert profile.dated >= "2018"
    assert profile.title
    assert all(
        source.clause
        for source in (
            profile.outline_source,
            profile.facts_source,
            profile.bands_source,
            profile.execution_source,
            profile.score_source,
        )
    )
    lows = [low for _, low in profile.bands]
    assert lows == sorted(lows, reverse=True)
    assert lows[-1] == 0


CHOSEN = [  # department, phone, profile
    ("惠州市某某局", None, "guangdong"),
    ("某某局", "0752-8800000", "guangdong"),
    ("某某局", "（0755）88000000", "guangdong"),
    ("四川省某某厅", None, "sichuan"),
    ("绵阳市某某中心", None, "sichuan"),
    ("长沙市某某局", None, "hunan"),
    ("昆明市某某局", None, "yunnan"),
    ("合肥市某某局", None, "anhui"),
    ("宜昌市某某局", None, "hubei"),
    ("济南市某某局", "0531-8800000", "mof"),
    ("江苏省某某厅", None, "mof"),
    ("某某局", "13800000000", "mof"),
    ("某某局", None, "mof"),
    ("河南省南阳市某某局", None, "mof"),
]


@pytest.mark.parametrize(("department", "phone", "name"), CHOSEN)
def test_chosen_by_place(department: str, phone: str | None, name: str) -> None:
    facts = (fact("phone", phone),) if phone else ()
    assert choose_profile(report(*facts, department=department)).name == name


def outlined(count: int, department: str | None = None, titles: bool = True) -> Report:
    roles = load_profile("guangdong").outline[:count]
    sections = tuple(section(r, title=TITLES.get(r, "标题") if titles else "标题") for r in roles)
    return report(sections=sections, department=department)


OUTLINES = [  # sections there, department, headings in the outline's words, profile
    (10, None, True, "guangdong"),
    (9, None, True, "guangdong"),
    (6, None, True, "mof"),
    (10, None, False, "mof"),  # the same sections in other words are another province's outline
    (10, "江苏省某某厅", True, "guangdong"),  # its outline is surely the one in use
    (10, "江苏省某某厅", False, "mof"),
]


@pytest.mark.parametrize(("count", "department", "titles", "name"), OUTLINES)
def test_chosen_by_outline(count: int, department: str | None, titles: bool, name: str) -> None:
    assert choose_profile(outlined(count, department, titles)).name == name


def test_chosen_by_the_words_of_headings() -> None:
    sections = (section("functions", title="机构职能"), section("conclusion", title="评价结论及建议"))
    assert choose_profile(report(sections=sections)).name == "sichuan"
    assert choose_profile(report(sections=sections, department="贵阳市某某局")).name == "mof"
    assert choose_profile(report(sections=sections[:1])).name == "mof"


def test_chosen_by_the_provinces_own_document_numbers() -> None:
    hunan = Citation("", "湘财绩〔2023〕3号", place("湘财绩〔2023〕3号"))
    sichuan = Citation("", "川财绩〔2023〕5号", place("川财绩〔2023〕5号"))
    assert choose_profile(report(citations=(hunan,))).name == "hunan"
    assert choose_profile(report(citations=(hunan, sichuan))).name == "mof"


def test_hints_name_the_place() -> None:
    assert province_of(report(), "湖南省2023年自评报告.docx") == "湖南"


def test_a_province_outline_that_does_not_fit_asks_for_nothing() -> None:
    short = report(sections=(section("functions"), section("conclusion")), department="广州市某某局")
    assert not outline_fits(short, load_profile("guangdong"))
    assert not [f for f in check(short).findings if f.severity != "notice"]


OWN = """
zh = "某市"
dated = "2024-01-01"
title = "某市办法"
inherits = "guangdong"
[rating]
bands = [["优", "85"], ["良", "75"], ["差", "0"]]
clause = "某市办法 第三条"
"""


def test_a_profile_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    path = tmp_path / "profiles" / "town.toml"
    path.write_text(OWN, "utf8")
    profile = load_profile("town", home=tmp_path)
    assert profile == load_profile(path)
    assert profile.outline == load_profile("guangdong").outline
    verdicts = check(report(fact("score.total", "86分"), fact("rating", "良")), profile)
    assert [(f.rule, f.expected, f.clause) for f in verdicts.findings] == [
        ("rating.band", "优", "某市办法 第三条")
    ]


BAD = [
    ("zh = ", "不是正确的TOML文件"),
    ('zh = "甲"\ndated = "2024"\n', "缺少"),
    ('zh = "甲"\ndated = "2024"\ntitle = "乙"\n[rating]\nband = []\n', "不认识的设置：band"),
    ('zh = "甲"\ndated = "2024"\ntitle = "乙"\n[outline]\ncore = ["nothing"]\n', "不认识的章节"),
    ('zh = "甲"\ndated = "2024"\ntitle = "乙"\n[execution]\ndenominator = "all"\n', "不认识的分母"),
    ('zh = "甲"\ndated = "2024"\ntitle = "乙"\n[rating]\nbands = [["特优", "90"]]\n', "不认识的等级"),
]


@pytest.mark.parametrize(("text", "says"), BAD)
def test_a_bad_file_says_why(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, "utf8")
    with pytest.raises(NotAProfile, match=says):
        load_profile(path)


def test_unknown_and_absent() -> None:
    with pytest.raises(NotAProfile, match="没有名为"):
        load_profile("nowhere")
    with pytest.raises(NotAProfile, match="读不到"):
        load_profile("nowhere.toml")


SICHUAN = [("95%", None, []), ("85%", None, ["deviation.unexplained"]), ("85%", "reason", [])]


@pytest.mark.parametrize(("rate", "remark", "rules"), SICHUAN)
def test_sichuan_asks_a_reason_below_ninety(rate: str, remark: str | None, rules: list[str]) -> None:
    from schema.explain.making import remark as said

    remarks = (said(remark, "主要原因是合同跨年"),) if remark else ()
    made = report(fact("rate.total", rate), remarks=remarks, department="四川省某某厅")
    assert [f.rule for f in check(made).findings if f.severity != "notice"] == rules
