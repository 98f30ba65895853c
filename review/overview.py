"""The first page: what came in, what is wrong with it, how the figures lie; each mark leads to its list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from review.figures import Chart, bars, scatter
from review.words import SEVERITIES, dated, rule_name
from storage.overview import BANDS, Totals, absent, has_roster, totals
from storage.records import FlagFilter
from storage.store import Store

#: departments in the scatter
POINTS = 500
RULES = 12


@dataclass(frozen=True, slots=True)
class OverviewPage:
    years: tuple[int, ...]
    year: int | None
    totals: Totals
    flags: int
    open: int
    reports: int
    missing: int | None  # None where no roster says who is due to report
    charts: tuple[Chart, ...]


def overview_page(store: Store, year: int | None) -> OverviewPage:
    """All years where `year` is None."""
    years = (year,) if year else ()
    found = totals(store, years)
    facets = store.facets(FlagFilter(years=years))
    own = [("year", str(year))] if year else []

    def flags(*more: tuple[str, str]) -> str:
        return f"/flags?{urlencode([*own, *more])}"

    by_rule = sorted(facets["rule"].items(), key=lambda item: -item[1])
    shown = store.reports((), years, sort="budget_total", descending=True, limit=POINTS)
    points = [
        (float(rate), float(score), f"{row.department} {row.fiscal_year or ''}：执行率{rate}%，得分{score}",
         f"/papers/{row.submission}", "error" if row.errors else "")
        for row in shown.rows
        if (rate := row.figures.get("rate.total")) is not None and (score := row.figures.get("score.total")) is not None
    ]  # fmt: skip
    money = [
        (
            dated(row.department, row.fiscal_year) if name == "预算" else name,
            float(value) / 10000,
            f"/papers/{row.submission}",
            kind,
        )
        for row in shown.rows[:8]
        for name, concept, kind in (("预算", "budget.total", ""), ("支出", "spending.total", "warning"))
        if (value := row.figures.get(concept)) is not None
    ]
    charts = (
        bars("问题：按规则", [(rule_name(rule), n, flags(("rule", rule)), "") for rule, n in by_rule[:RULES]]),
        scatter("执行率与自评得分（红色：有错误）", points, (60, 110), (60, 100), ("%", "分")),
        bars("自评得分分布", _bands(found.scores, "分", "score", own)),
        bars("整体执行率分布", _bands(found.rates, "%", "rate", own)),
        bars("预算与支出（万元，预算最大的部门）", money),
        bars("历年预算与支出（万元）", [
            (f"{one.year}年{name}", float(value) / 10000, f"/?year={one.year}", kind)
            for one in found.years for name, value, kind in (("预算", one.budget, ""), ("支出", one.spending, "warning")) if value
        ]),
        bars("问题：按级别", [(name, facets["severity"].get(code, 0), flags(("severity", code)), code) for code, name in SEVERITIES.items()]),
        bars("历年问题数", [(f"{one.year}年（{one.reports}份）", one.flags, f"/flags?year={one.year}", "error") for one in found.years]),
    )  # fmt: skip
    return OverviewPage(
        store.years(), year, found, sum(facets["severity"].values()), facets["status"].get("open", 0), shown.total,
        _missing(store, found, year), tuple(chart for chart in charts if chart.bars or chart.dots),
    )  # fmt: skip


def _missing(store: Store, found: Totals, year: int | None) -> int | None:
    if not has_roster(store):
        return None
    return len(absent(store, year)) if year else found.submissions.get("absent", 0)


def _bands(
    counts: dict[int, int], unit: str, name: str, own: list[tuple[str, str]]
) -> list[tuple[str, float, str, str]]:
    named = zip(BANDS, (*BANDS[1:], None), strict=True)
    return [
        (
            f"{low}～{high}{unit}" if high else f"{low}{unit}及以上",
            counts.get(low, 0),
            f"/departments?{urlencode([*own, (name, str(low))])}",
            "",
        )
        for low, high in named
    ]
