"""Intervals: a consistent set of figures, rounded in any way, never breaks a rule; a figure moved by
more than its rounding always does."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.explain.making import place, report
from schema.quantity import Interval, Quantity, as_written, slip_between
from schema.report import Fact
from schema.rules import check

CENTS = st.integers(min_value=1, max_value=10**12)
STEPS = st.sampled_from([Decimal(10) ** n for n in range(-2, 7)])


def rounded(value: Decimal, step: Decimal, how: str = ROUND_HALF_UP) -> Quantity:
    return Quantity((value / step).quantize(Decimal(1), how) * step, step)


def figure(concept: str, quantity: Quantity, block: int, **more: object) -> Fact:
    return Fact(concept, place(f"{quantity.value:f}元", block), quantity=quantity, **more)  # type: ignore[arg-type]


def outcome(rule: str, *found: Fact, subject: str | None = None) -> list[tuple[str, str | None]]:
    verdicts = check(report(*found))
    tried = [o.outcome for o in verdicts.outcomes if o.rule == rule and o.subject == subject]
    severities = [f.severity for f in verdicts.findings if f.rule == rule]
    return [(o, severities[0] if severities else None) for o in tried]


INTERVALS = [
    ("1356400", "100", "", "1356350", "1356450"),
    ("-5", "1", "", "-5.5", "-4.5"),
    ("4", "0", "", "4", "4"),
    ("100", "1", "about", "94.5", "105.5"),
    ("100", "1", "over", "99.5", "105.5"),
    ("100", "1", "under", "94.5", "100.5"),
]


@pytest.mark.parametrize(("value", "step", "approx", "low", "high"), INTERVALS)
def test_interval(value: str, step: str, approx: str, low: str, high: str) -> None:
    got = Quantity(Decimal(value), Decimal(step), approx).interval  # type: ignore[arg-type]
    assert got == Interval(Decimal(low), Decimal(high))


SAME = [  # value, step, value, step, of one figure?
    ("1356400", "100", "1356389.12", "0.01", True),
    ("1356400", "100", "1356400", "100", True),
    ("1356400", "100", "1356500", "100", False),  # same precision must be equal
    ("1356400", "100", "1356500", "1000", True),
    ("1356400", "100", "13564", "1", False),
    ("97.23", "0.01", "97.2", "0.1", True),
    ("97.23", "0.01", "97", "1", True),
    ("97.23", "0.01", "98", "1", False),
]


@pytest.mark.parametrize(("a", "step", "b", "other", "same"), SAME)
def test_same_as(a: str, step: str, b: str, other: str, same: bool) -> None:
    one, two = Quantity(Decimal(a), Decimal(step)), Quantity(Decimal(b), Decimal(other))
    assert one.same_as(two) is same
    assert two.same_as(one) is same


def test_division_by_what_may_be_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        Interval(Decimal(1), Decimal(2)) / Interval(Decimal(0), Decimal(1))


SLIPS = [
    ("3.92", "0.01", "39200", "100", 4),
    ("39200", "100", "3.92", "0.01", -4),
    ("392", "1", "39200", "100", 2),
    ("3920", "10", "39200", "100", None),  # a factor of ten is no unit
    ("3.92", "0.01", "41200", "100", None),
    ("0", "1", "39200", "100", None),
    ("1", "1", "10000", "10000", None),  # too coarse to prove anything
]


@pytest.mark.parametrize(("a", "step", "b", "other", "power"), SLIPS)
def test_slip_between(a: str, step: str, b: str, other: str, power: int | None) -> None:
    one, two = Quantity(Decimal(a), Decimal(step)), Quantity(Decimal(b), Decimal(other))
    assert slip_between(one.interval, two.interval) == power


@given(CENTS, STEPS)
def test_a_rounded_figure_stands_for_its_value(cents: int, step: Decimal) -> None:
    value = Decimal(cents) / 100
    assert value in rounded(value, step).interval
    assert value in rounded(value, step, ROUND_DOWN).truncated


@given(CENTS, STEPS, STEPS)
def test_two_roundings_are_of_one_figure(cents: int, one: Decimal, other: Decimal) -> None:
    value = Decimal(cents) / 100
    assert rounded(value, one).same_as(rounded(value, other))


@given(CENTS, CENTS, STEPS, STEPS, STEPS)
def test_rounded_sums_hold(a: int, b: int, one: Decimal, two: Decimal, three: Decimal) -> None:
    basic, project = Decimal(a) / 100, Decimal(b) / 100
    found = (
        figure("budget.total", rounded(basic + project, one), 0),
        figure("budget.basic", rounded(basic, two), 1),
        figure("budget.project", rounded(project, three), 2),
    )
    assert outcome("sum.budget", *found) == [("held", None)]


@given(CENTS, CENTS, STEPS, STEPS, STEPS, st.booleans())
def test_moved_sums_break(a: int, b: int, one: Decimal, two: Decimal, three: Decimal, up: bool) -> None:
    basic, project = Decimal(a) / 100, Decimal(b) / 100
    by = 2 * (one + two + three) + 1  # more than all roundings and cuttings together
    total = rounded(basic + project + (by if up else -by), one)
    found = (
        figure("budget.total", total, 0),
        figure("budget.basic", rounded(basic, two), 1),
        figure("budget.project", rounded(project, three), 2),
    )
    verdicts = check(report(*found))
    told = [f for f in verdicts.findings if f.severity == "error"]
    assert [f.rule for f in told] in (["sum.budget"], ["unit.magnitude"])


@given(
    st.integers(10**7, 10**11),
    st.integers(10**7, 10**11),
    STEPS,
    STEPS,
    st.sampled_from(["1", "0.1", "0.01"]),
)
def test_rounded_rates_hold(a: int, b: int, one: Decimal, two: Decimal, last: str) -> None:
    spent, budget = Decimal(min(a, b)) / 100, Decimal(max(a, b)) / 100
    one, two = min(one, Decimal(100)), min(two, Decimal(100))
    found = (
        figure("rate.basic", rounded(spent * 100 / budget, Decimal(last)), 0),
        figure("spending.basic", rounded(spent, one), 1),
        figure("budget.basic", rounded(budget, two), 2),
    )
    assert outcome("rate.execution", *found, subject="rate.basic") == [("held", None)]


@given(
    st.integers(10**8, 10**11),
    st.integers(10**8, 10**11),
    st.sampled_from(["1", "0.1", "0.01"]),
    st.booleans(),
)
def test_moved_rates_break(a: int, b: int, last: str, up: bool) -> None:
    spent, budget = Decimal(min(a, b)) / 100, Decimal(max(a, b)) / 100
    rate, step = spent * 100 / budget, Decimal(last)
    by = step * 2 + Decimal("0.1")
    found = (
        figure("rate.basic", rounded(rate + (by if up else -by), step), 0),
        figure("spending.basic", rounded(spent, Decimal(1)), 1),
        figure("budget.basic", rounded(budget, Decimal(1)), 2),
    )
    assert outcome("rate.execution", *found, subject="rate.basic") == [("broken", "error")]


@given(CENTS, CENTS, CENTS, STEPS)
def test_truncated_sums_are_at_most_a_notice(a: int, b: int, c: int, step: Decimal) -> None:
    parts = [Decimal(x) / 100 for x in (a, b, c)]
    names = ("overseas", "vehicles", "hospitality")
    found = [
        figure(f"three_public.{n}.spending", rounded(p, step, ROUND_DOWN), i)
        for i, (n, p) in enumerate(zip(names, parts, strict=True))
    ]
    total = figure("three_public.spending", rounded(sum(parts, Decimal(0)), step, ROUND_DOWN), 9)
    assert outcome("sum.three_public", total, *found)[0] in {("held", None), ("broken", "notice")}


@pytest.mark.parametrize(("text", "step"), [("9", "0"), ("9.5", "0.1"), ("9.50", "0.01"), ("100", "0")])
def test_as_written(text: str, step: str) -> None:
    assert as_written(Decimal(text)).step == Decimal(step)
