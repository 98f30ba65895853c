"""The pages of departments: the list, one department over the years, and figures side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from review.figures import Chart, bars
from review.words import DEPARTMENT_STATES, amount, concept_name, dated
from schema.catalogue import BY_ID, CONCEPTS
from storage.comparing import figures, ranked
from storage.overview import BANDS, absent, has_roster
from storage.records import DepartmentYear, Submission, Within
from storage.store import Store

PAGE = 100
#: of these a report states one for each part
SEVERAL = ("share", "score.group")
#: figures that one department has one of, by group
COMPARED = {
    group: tuple(
        c.id for c in CONCEPTS
        if c.group == group and c.kind in ("money", "percent", "count", "points") and c.id not in SEVERAL
        and not c.id.startswith(("project.", "change."))
    )
    for group in ("money", "rates", "score", "staff")
}  # fmt: skip
COMPARABLE = tuple(one for several in COMPARED.values() for one in several)
USUAL = ("budget.total", "spending.total", "rate.total", "score.total")


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    """`bands` and `state` are the filters in force, in words; `missing` those of the roster without a report."""

    rows: tuple[DepartmentYear, ...]
    total: int
    number: int
    pages: int
    years: tuple[int, ...]
    year: int | None
    name: str
    bands: dict[str, int]
    state: str
    missing: tuple[str, ...]
    roster: bool

    def address(self, **changed: object) -> str:
        """The page's address with some of its filters changed; None takes one away."""
        now = {"q": self.name, "year": self.year, "state": self.state, **self.bands, **changed}
        return "/departments?" + urlencode(
            {key: value for key, value in now.items() if value not in (None, "")}
        )


BANDED = {"score": "score_total", "rate": "rate_total"}


def departments_page(store: Store, pairs: Sequence[tuple[str, str]], number: int) -> DepartmentsPage:
    asked = dict(pairs)
    year = int(asked["year"]) if re.fullmatch(r"\d{4}", asked.get("year", "")) else None
    name = asked.get("q", "").strip()[:100]
    state = asked.get("state", "") if asked.get("state") in DEPARTMENT_STATES else ""
    bands = {key: int(asked[key]) for key in BANDED if asked.get(key, "") in set(map(str, BANDS))}
    ends = dict(zip(BANDS, (*BANDS[1:], None), strict=True))
    within = [
        Within(BANDED[key], Decimal(low), Decimal(high) if (high := ends[low]) is not None else None)
        for key, low in bands.items()
    ]
    if state == "missing":
        missing = absent(store, year)
        known = has_roster(store)
        return DepartmentsPage((), len(missing), 1, 1, store.years(), year, name, {}, state, missing, known)
    found = store.reports(
        (name,) if name else (), (year,) if year else (), limit=PAGE, offset=(number - 1) * PAGE, within=within,
        state=state,
    )  # fmt: skip
    pages = max(1, -(-found.total // PAGE))
    return DepartmentsPage(
        found.rows, found.total, number, pages, store.years(), year, name, bands, state, (), True
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of two versions that is not the same."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    submission: Submission
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    name: str
    years: tuple[DepartmentYear, ...]
    versions: tuple[Version, ...]


def department_page(store: Store, name: str) -> DepartmentPage:
    """Raises Missing where nothing was ever filed under the name."""
    store.report(name)
    years = store.reports((name,), sort="fiscal_year", descending=True, limit=50).rows
    filed = [one for one in store.submissions((name,), limit=60).rows if one.department == name]
    return DepartmentPage(name, years, tuple(_versions(store, filed)))


def _versions(store: Store, filed: list[Submission]) -> Iterable[Version]:
    for one in filed:
        before = next(
            (
                other for other in filed
                if (other.kind, other.fiscal_year, other.project, other.version)
                == (one.kind, one.fiscal_year, one.project, one.version - 1) and other.status == "superseded"
            ),
            None,
        )  # fmt: skip
        readable = one.status in ("ok", "superseded")
        yield Version(one, _differences(store, before.id, one.id) if before and readable else ())


def _differences(store: Store, old: int, new: int) -> tuple[Difference, ...]:
    sides = [_figures(store, one) for one in (old, new)]
    return tuple(
        Difference(
            " ".join(filter(None, (concept_name(key[0]), key[1] or ""))),
            sides[0].get(key, "—"),
            sides[1].get(key, "—"),
        )
        for key in dict.fromkeys([*sides[0], *sides[1]])
        if sides[0].get(key) != sides[1].get(key)
    )


def _figures(store: Store, submission: int) -> dict[tuple[str, str | None, int | None, str | None], str]:
    report = store.paper(submission).report
    found: dict[tuple[str, str | None, int | None, str | None], str] = {}
    for fact in report.facts:
        found.setdefault((fact.concept, fact.subject, fact.period, fact.stage), fact.evidence.text)
    return found


@dataclass(frozen=True, slots=True)
class ComparePage:
    """`cells` has a row's figures as shown, in the order of `concepts`."""

    rows: tuple[DepartmentYear, ...]
    cells: tuple[tuple[str, ...], ...]
    concepts: tuple[str, ...]
    chart: Chart
    years: tuple[int, ...]
    year: int | None
    department: str
    sort: str


def compare_page(
    store: Store, concepts: Iterable[str], year: int | None, department: str, sort: str
) -> ComparePage:
    chosen = tuple(dict.fromkeys(one for one in concepts if one in COMPARABLE)) or USUAL
    by = sort if sort in chosen else chosen[0]
    rows = ranked(store, by, (department,) if department else (), (year,) if year else (), PAGE)
    values = figures(store, [row.submission for row in rows], chosen)
    drawn = [
        (
            dated(row.department, row.fiscal_year),
            float(_shown(value, by)),
            f"/papers/{row.submission}",
            "",
        )
        for row in rows[:20]
        if (value := values.get((row.submission, by))) is not None
    ]
    cells = tuple(tuple(_cell(values.get((row.submission, one)), one) for one in chosen) for row in rows)
    chart = bars(concept_name(by) + ("（万元）" if _money(by) else ""), drawn)
    return ComparePage(rows, cells, chosen, chart, store.years(), year, department, by)


def _money(concept: str) -> bool:
    return BY_ID[concept].kind == "money"


def _shown(value: Decimal, concept: str) -> Decimal:
    return value / 10000 if _money(concept) else value


def _cell(value: Decimal | None, concept: str) -> str:
    return amount(value, "money" if _money(concept) else "")


def figure(row: DepartmentYear, concept: str) -> str:
    return _cell(row.figures.get(concept), concept)
