"""Reports whose cover was read wrongly: filed by a reviewer under another department or year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from papers import examined, received
from sqlalchemy import text
from test_storage import DATABASES, POSTGRES, V2, put

from schema.corrections import Correction, place_of
from schema.examination import Versions
from schema.filing import Filing, NotAFiling, filed, filing_of, follows
from schema.quantity import Quantity
from storage.engine import connect
from storage.records import Overtaken
from storage.store import Store

RIGHT = Filing("li", "乙县教育局", 2024)


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/jihe.db"
    if request.param != "sqlite":
        if not POSTGRES:
            pytest.skip("JIHE_TEST_POSTGRES names no database")
        url, engine = POSTGRES, connect(POSTGRES)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    with Store.open(url, tmp_path / "originals", upgrade=True) as found:
        yield found


@pytest.mark.parametrize(
    ("old", "new", "period", "after"),
    [(2022, 2023, 2022, 2023), (2022, 2023, 2021, 2022), (2022, 2023, 2019, 2019), (2022, 2023, None, None),
     (None, 2023, None, 2023), (None, 2023, 2022, 2022)],
)  # fmt: skip
def test_what_follows_the_year(old: int | None, new: int, period: int | None, after: int | None) -> None:
    assert follows(period, old, new) == after


def test_a_year_that_is_written_stays() -> None:
    report = examined("a", year=2022).report
    (fact,) = report.facts
    named = replace(fact, evidence=replace(fact.evidence, context="2022年支出1356400元。"))
    moved = filed(replace(report, facts=(fact, named)), Filing("li", "甲县民政局", 2023))
    assert [one.period for one in moved.facts] == [2023, 2022]
    assert filed(report, Filing("li", "甲县民政局", 2022)) is report


@pytest.mark.parametrize(("department", "year"), [("", "2023"), ("乙县教育局", "23"), ("乙县教育局", "1066")])
def test_what_is_no_filing(department: str, year: str) -> None:
    with pytest.raises(NotAFiling):
        filing_of("li", department, year)


def test_a_report_is_filed_where_it_belongs(store: Store) -> None:
    submission = put(store, "a", year=2023).submission
    flag = store.flags().rows[0]
    store.review(flag.id, "dismissed", "王强", "已核")
    paper = store.refile(submission, RIGHT, "li", "封面扫描不清", seen=0)
    assert (paper.submission.department, paper.submission.fiscal_year) == ("乙县教育局", 2024)
    assert (paper.read.department, paper.read.fiscal_year) == ("甲县民政局", 2023)
    assert [f.period for f in paper.report.facts] == [2024]
    assert [(d.department, d.fiscal_year) for d in store.reports().rows] == [("乙县教育局", 2024)]
    noted = paper.corrections[0]
    assert (noted.action, noted.who, noted.comment, noted.value, noted.period) == (
        "file", "li", "封面扫描不清", "乙县教育局", 2024,
    )  # fmt: skip
    event = store.audit()[0]
    assert (event.who, event.action) == ("li", "file")
    assert event.detail["read"] == "甲县民政局 2023"

    back = store.refile(submission, None, "zhao", seen=noted.id)
    assert (back.submission.department, back.report) == ("甲县民政局", back.read)
    assert [(d.department, d.fiscal_year) for d in store.reports().rows] == [("甲县民政局", 2023)]


def test_verdicts_go_with_the_report(store: Store) -> None:
    submission = put(store, "a").submission
    finding = store.flags().rows[0]
    store.review(finding.id, "confirmed", "王强", "属实")
    # the rules find nothing in this made-up report: a second reading of the same finds it again
    store.refile(submission, RIGHT, "li")
    put(store, "a", V2)
    flag = store.flags().rows[0]
    assert (flag.department, flag.fiscal_year) == ("乙县教育局", 2024)
    with store.reading() as connection:
        scopes = connection.execute(text("SELECT scope, who FROM verdicts ORDER BY id")).all()
    assert [tuple(row) for row in scopes] == [("甲县民政局|2023", "王强"), ("乙县教育局|2024", "王强")]


def test_versions_of_both_places_are_numbered_anew(store: Store) -> None:
    first = put(store, "a").submission
    stray = put(store, "b").submission
    there = put(store, "c", department="乙县教育局", year=2024).submission
    filing, known, neighbours = store.filing_of(stray, RIGHT)
    assert (filing, known, [one.id for one in neighbours]) == (RIGHT, True, [there])
    store.refile(stray, RIGHT, "li")
    rows = {row.id: (row.version, row.status) for row in store.submissions().rows}
    # by arrival: the one that came later stays the one in force
    assert rows == {first: (1, "ok"), stray: (1, "superseded"), there: (2, "ok")}
    store.refile(stray, None, "li")
    rows = {row.id: (row.version, row.status) for row in store.submissions().rows}
    assert rows == {first: (1, "superseded"), stray: (2, "ok"), there: (1, "ok")}


def test_a_filing_stays_through_rereads_beside_corrections(store: Store) -> None:
    result = put(store, "a", year=2022)
    (fact,) = store.paper(result.submission).read.facts
    typed = Correction("li", fact.concept, Quantity(fact.number + 1, fact.number), period=2022)
    store.correct(result.submission, place_of(fact), typed, "li")
    store.refile(result.submission, Filing("li", "甲县民政局", 2023), "li")
    put(store, "a", V2, year=2022)
    (now,) = store.paper(result.submission).report.facts
    assert (now.period, now.number, now.corrected_by) == (2023, fact.number + 1, "li")
    assert store.paper(result.submission).submission.fiscal_year == 2023
    run = store.begin_run(["/inbox"])
    known = store.save(run, received("a"), None, Versions("reader-2", "rules-1"))
    assert (known.outcome, known.fiscal_year) == ("unchanged", 2023)


def test_two_reviewers_file_at_once(store: Store) -> None:
    submission = put(store, "a").submission
    store.refile(submission, RIGHT, "li", seen=0)
    with pytest.raises(Overtaken, match="li刚把这份报告改归乙县教育局2024年度"):
        store.refile(submission, Filing("zhao", "丙县民政局", 2023), "zhao", seen=0)
    assert store.paper(submission).submission.department == "乙县教育局"


def test_an_alias_is_the_department_s_own_name(store: Store) -> None:
    submission = put(store, "a").submission
    put(store, "b", department="乙县教育局", year=2024)
    with store._engine.begin() as connection:
        connection.execute(
            text("UPDATE departments SET aliases = '[\"乙县教育和体育局\"]' WHERE name = '乙县教育局'")
        )
    assert store.filing_of(submission, Filing("li", "乙县教育和体育局", 2024))[0] == RIGHT
    assert store.filing_of(submission, Filing("li", "教育", 2024))[1] is False
