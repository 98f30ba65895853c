"""Departments compared: quartiles, ranks, outliers, year on year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from test_storage import put

from storage.statistics import Spread, quartiles, spreads
from storage.store import Store
from storage.tables import Department, ReportRow


def spread_of(store: Store, scores: dict[str, str], year: int = 2023, kind: str = "县直部门") -> None:
    """A report a department, with these scores."""
    for name, score in scores.items():
        put(store, f"{name}{year}", department=name, year=year)

        def work(connection, name=name, score=score):  # type: ignore[no-untyped-def]
            connection.execute(update(Department).where(Department.name == name).values(kind=kind))
            connection.execute(
                update(ReportRow)
                .where(ReportRow.department == name, ReportRow.fiscal_year == year)
                .values(score_total=Decimal(score))
            )

        store.writing(work)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/jihe.db", tmp_path, upgrade=True) as found:
        yield found


SCORES = {
    f"{letter}县民政局": score
    for letter, score in zip(
        "甲乙丙丁戊己庚辛", ["90", "91", "92", "93", "94", "95", "95", "60"], strict=True
    )
}


def only(store: Store, year: int = 2023) -> Spread:
    (found,) = spreads(store, year, "score.total")
    return found


def test_ranks_and_quartiles(store: Store) -> None:
    spread_of(store, SCORES)
    found = only(store)
    assert (found.kind, found.reports) == ("县直部门", 8)
    assert (found.lowest, found.first, found.middle, found.third, found.highest) == tuple(
        map(Decimal, ("60", "90.5", "92.5", "94.5", "95"))
    )
    assert [(one.department[0], one.rank) for one in found.standings][:3] == [("己", 1), ("庚", 1), ("戊", 3)]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [(SCORES, ["辛县民政局"]), ({**SCORES, "辛县民政局": "89"}, []), (dict(list(SCORES.items())[1:]), [])],
    ids=["far below", "near", "too few reports"],
)
def test_outliers(store: Store, scores: dict[str, str], expected: list[str]) -> None:
    spread_of(store, scores)
    assert [one.department for one in only(store).outliers] == expected


def test_kinds_are_compared_apart(store: Store) -> None:
    spread_of(store, SCORES)
    spread_of(store, {"壬乡": "60"}, kind="乡镇")
    assert [(group.kind, group.reports) for group in spreads(store, 2023, "score.total")] == [
        ("乡镇", 1),
        ("县直部门", 8),
    ]


def test_year_on_year(store: Store) -> None:
    spread_of(store, {"甲县民政局": "90"}, 2022)
    spread_of(store, {"甲县民政局": "93.5", "乙县民政局": "91"}, 2023)
    assert [one.change for one in only(store).standings] == [Decimal("3.5"), None]


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=40))
def test_quartiles_are_in_order(values: list[Decimal]) -> None:
    ordered = sorted(values)
    first, middle, third = quartiles(ordered)
    assert ordered[0] <= first <= middle <= third <= ordered[-1]
