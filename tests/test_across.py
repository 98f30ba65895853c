"""Rules across reports: copied text, last year's figures, the ledger, the roster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from papers import examined, received

from pipelines.across import check_across, due
from pipelines.copies import best_matches, passages_of
from schema.document import Block
from schema.examination import Examined, Versions
from storage.across import Prose
from storage.records import FlagFilter
from storage.roster import Entry, Expected, replace_ledger, replace_roster
from storage.store import Store

V1 = Versions("reader-1", "rules-1")
OWN = "今年我们新修了三座便民桥，帮助山区群众出行，又组织志愿者上门为独居老人理发洗衣，受到村民欢迎。" * 2
OWN += "下一步打算把流动服务车开到更偏远的村组，并且同卫生院合作开展免费体检，争取让每位老人都建立健康档案。"
OWN += "同时整理历年台账，把纸质档案全部扫描成电子文件，方便群众查询，减少来回奔波。"
COMMON = "本部门严格按照有关规定管理资金，做到专款专用，账目清楚，手续完备，没有截留挪用的情况发生。" * 4


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/jihe.db", tmp_path / "originals", upgrade=True) as found:
        yield found


def told(paper: Examined, prose: str) -> Examined:
    """The same document with a section of prose."""
    section = replace(paper.report.sections[0], text=prose)
    document = replace(paper.document, blocks=(*paper.document.blocks, Block(1, "paragraph", prose)))
    return replace(paper, document=document, report=replace(paper.report, sections=(section,)))


def put(store: Store, content: str, prose: str = "", **what: object) -> int:
    paper = examined(content, findings=(), **what)  # type: ignore[arg-type]
    run = store.begin_run(["/inbox"])
    return store.save(run, received(content), told(paper, prose), V1).submission


def found(store: Store, rule: str) -> list[tuple[str, int | None]]:
    return sorted((flag.department, flag.fiscal_year) for flag in store.flags(FlagFilter(rules=(rule,))).rows)


PAIRS = {
    "another department": ([("甲局", 2023, OWN), ("乙局", 2023, OWN)], {"甲局", "乙局"}),
    "own earlier year": ([("甲局", 2022, OWN), ("甲局", 2023, OWN.replace("三座", "四座"))], {"甲局"}),
    "the template's": ([(f"{n}局", 2023, COMMON) for n in "甲乙丙丁戊"], set()),
    "too short": ([("甲局", 2023, OWN[:60]), ("乙局", 2023, OWN[:60])], set()),
    "different": ([("甲局", 2023, OWN), ("乙局", 2023, OWN[::-1])], set()),
    "not from the future": ([("甲局", 2022, OWN), ("乙局", 2023, OWN)], {"乙局"}),
}  # fmt: skip


@pytest.mark.parametrize("case", PAIRS)
def test_copied_text(case: str) -> None:
    texts, expected = PAIRS[case]
    passages = passages_of((Prose(n, "1", "一", "spending", t), d, y) for n, (d, y, t) in enumerate(texts))
    assert {one.department for one, _, _ in best_matches(passages)} == expected


def test_functions_stay_the_same_by_right() -> None:
    passages = passages_of((Prose(y, "1", "职能", "functions", OWN), "甲局", y) for y in (2022, 2023))
    assert best_matches(passages) == []


def test_both_passages_are_shown_and_a_verdict_stays(store: Store) -> None:
    put(store, "a", OWN, department="甲局")
    put(store, "b", OWN, department="乙局")
    check_across(store)
    flag = next(f for f in store.flags(FlagFilter(rules=("text.copied",))).rows if f.department == "甲局")
    assert flag.evidence[0]["text"] == flag.evidence[1]["text"]
    assert flag.evidence[1]["department"] == "乙局"
    store.review(flag.id, "dismissed", "李")
    before = [(f.id, f.status) for f in store.flags().rows]
    changes = check_across(store)
    assert [(c.gained, c.lost) for c in changes] == [(0, 0)] * 4
    assert [(f.id, f.status) for f in store.flags().rows] == before
    # read anew by another reader: its rows go, the step gives the finding back with its verdict
    run = store.begin_run([])
    store.save(
        run, received("a"), told(examined("a", department="甲局", findings=()), OWN), Versions("r2", "x")
    )
    check_across(store)
    again = next(f for f in store.flags(FlagFilter(rules=("text.copied",))).rows if f.department == "甲局")
    assert again.status == "dismissed"


PRIOR = {"same": ("1356400", []), "other": ("1999900", [("甲局", 2023)])}


@pytest.mark.parametrize("case", PRIOR)
def test_last_year_s_figures(store: Store, case: str) -> None:
    said, expected = PRIOR[case]
    put(store, "a", department="甲局", year=2022, spending="1356400")
    paper = examined("b", department="甲局", year=2023, spending=said, findings=())
    facts = tuple(replace(fact, period=2022) for fact in paper.report.facts)
    paper = replace(paper, report=replace(paper.report, facts=facts))
    store.save(store.begin_run([]), received("b"), paper, V1)
    check_across(store)
    assert found(store, "prior.mismatch") == expected


LEDGER = {"same": ("1356400", []), "other": ("1200000", [("甲县民政局", 2023)])}


@pytest.mark.parametrize("case", LEDGER)
def test_the_ledger(store: Store, case: str) -> None:
    value, expected = LEDGER[case]
    put(store, "a", department="县民政局")
    entry = Entry("甲县民政局", 2023, "spending.total", Decimal(value), Decimal(100), f"{value}元")
    expected_one = Expected("甲县民政局", ("县民政局",))
    store.writing(lambda c: replace_roster(c, [expected_one], None, "李", "名册.xlsx"))
    store.writing(lambda c: replace_ledger(c, [entry], "李", "台账.xlsx"))
    check_across(store)
    assert [year for _, year in found(store, "ledger.mismatch")] == [year for _, year in expected]
    store.writing(lambda c: replace_ledger(c, [replace(entry, value=Decimal("1356400"))], "李", "台账.xlsx"))
    check_across(store)
    assert found(store, "ledger.mismatch") == []


def test_a_missing_report_is_found_and_goes_when_it_comes(store: Store) -> None:
    put(store, "a", department="甲局")
    listed = [Expected("甲局"), Expected("乙局", ("乙县乙局",))]
    store.writing(lambda c: replace_roster(c, listed, None, "李", "名册.xlsx"))
    for _ in range(2):
        check_across(store)
        assert found(store, "submission.missing") == [("乙局", 2023)]
    assert [s.department for s in store.submissions().rows] == ["甲局"]
    assert store.flags(FlagFilter(rules=("submission.missing",))).rows[0].severity == "error"
    put(store, "b", department="乙县乙局")  # under its alias
    check_across(store)
    assert found(store, "submission.missing") == []


def test_one_stray_report_makes_no_year_due() -> None:
    listed: list[tuple[Expected, int | None]] = [(Expected(str(n)), None) for n in range(10)]
    assert due(listed, {("1", 2019): [1]}) == []
    assert len(due(listed, {(str(n), 2023): [1] for n in range(4)})) == 6
    assert due([(Expected("甲局"), 2021)], {}) == [("甲局", 2021)]


def test_a_report_under_a_name_much_alike_makes_the_missing_one_a_question(store: Store) -> None:
    put(store, "a", department="荆门湖市档案馆")
    store.writing(
        lambda c: replace_roster(
            c, [Expected("荆门湖市档案馆"), Expected("荆门湖市文旅局")], None, "李", "名册"
        )
    )
    check_across(store)
    wanted = FlagFilter(rules=("submission.missing",))
    assert [flag.severity for flag in store.flags(wanted).rows] == ["error"]
    put(store, "b", department="荆门湖市文化和旅游局")
    check_across(store)
    flags = store.flags(wanted).rows
    assert [(flag.department, flag.severity) for flag in flags] == [("荆门湖市文旅局", "notice")]
    assert "荆门湖市文化和旅游局" in flags[0].message
