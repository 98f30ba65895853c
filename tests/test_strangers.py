"""Money of another size than what a report proves of its own: whose it is, and what stays the report's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.figures.strangers import without_strangers
from schema.quantity import Quantity
from schema.report import Evidence, Fact, Stage

PROJECT = "教室照明改造"


def fact(
    concept: str,
    value: str,
    block: int = 1,
    start: int = 0,
    stage: Stage | None = None,
    year: int = 2023,
    text: str = "",
) -> Fact:
    subject = PROJECT if concept.startswith("project.") else None
    evidence = Evidence(block, start, start + 6, text or f"{value}元", context=f"sentence {block}")
    return Fact(concept, evidence, Quantity(Decimal(value)), subject=subject, period=year, stage=stage)


#: 预算1,240万元，支出1,190.4万元，执行率96%
OWN = (
    fact("project.budget", "12400000"),
    fact("project.spending", "11904000", start=10),
    fact("project.rate", "96", start=20),
)


def left(*facts: Fact) -> list[str]:
    """The values of those of these facts that are still told beside the project's own."""
    kept = without_strangers((*OWN, *facts))
    assert all(one in kept for one in OWN)
    return [one.value for one in facts if one in kept]


@pytest.mark.parametrize(
    ("name", "told", "kept"),
    [
        ("the department's budget", (fact("project.budget", "862154000", 2),), []),
        ("a small use of the money", (fact("project.spending", "365000", 2),), []),
        ("the rate of another's money", (fact("project.budget", "90000000", 2), fact("project.rate", "80", 2, 9)), []),
        ("what the year began with", (fact("project.budget", "4800000", 2, stage="initial"),), ["4800000"]),
        ("another word for the same", (fact("project.spending", "11310000", 2),), ["11310000"]),
        ("万元 for 元", (fact("project.spending", "119040000000", 2),), ["119040000000"]),
        ("a lost digit", (fact("project.spending", "1190400", 2),), ["1190400"]),
        ("what one of them costs", (fact("project.budget", "720", 2, text="720元"),), []),
        ("last year's", (fact("project.spending", "3010000", 2, year=2022),), ["3010000"]),
        ("no year's", (fact("project.spending", "101000", 2, year=2022),), []),
    ],
)  # fmt: skip
def test_of_another_size(name: str, told: tuple[Fact, ...], kept: list[str]) -> None:
    assert left(*told) == kept


def test_a_figure_of_a_table_is_never_dropped() -> None:
    evidence = Evidence(9, 0, 6, "862154000元", table=0, row=3)
    told = Fact("project.budget", evidence, Quantity(Decimal(862154000)), subject=PROJECT, period=2023)
    assert told in without_strangers((*OWN, told))


def test_nothing_is_dropped_where_nothing_is_proved_or_agrees() -> None:
    told = (fact("project.budget", "12400000"), fact("project.spending", "862154000", start=10))
    assert without_strangers(told) == told


def test_amounts_that_agree_leave_out_the_one_that_does_not() -> None:
    told = (
        fact("project.budget", "12400000", stage="initial"), fact("project.spending", "11904000", start=10),
        fact("project.budget", "98473600", 2),
    )  # fmt: skip
    assert without_strangers(told) == told[:2]


def test_strays_of_several_sizes_hide_nothing() -> None:
    """The least are dropped first, by last year's proof; what is left agrees, and the next one does not."""
    last = (
        fact("project.budget", "10800000", 7, year=2022), fact("project.spending", "10125000", 7, 10, year=2022),
        fact("project.rate", "93.75", 7, 20, year=2022),
    )  # fmt: skip
    own = (fact("project.budget", "12460000"), fact("project.spending", "11094400", start=10))
    strays = (fact("project.spending", "391200", 3), fact("project.spending", "4867200", 4))
    assert without_strangers((*own, *strays, *last)) == (*own, *last)


def test_the_steps_of_a_budget_are_none_of_its_sums() -> None:
    """追加240万元，盘子一度达到1,480万元，8月调减240万元，全年预算为1,240万元."""
    step, end = (
        fact("project.budget", "14800000", 5, 10),
        fact("project.budget", "12400000", 5, 40, "adjusted"),
    )
    assert left(step, end) == ["12400000"]


def test_parts_that_make_the_whole_are_not_the_whole() -> None:
    """Each township's share with its own spending and rate, of the project's 1,240万元."""
    shares = (("5000000", "4550000", "91"), ("4400000", "3960000", "90"), ("3000000", "2700000", "90"))
    told = [
        fact(f"project.{kind}", value, 10 + place, at)
        for place, share in enumerate(shares)
        for at, (kind, value) in enumerate(zip(("budget", "spending", "rate"), share, strict=True))
    ]
    assert left(*told) == []


def test_a_department_keeps_a_small_beginning() -> None:
    told = (
        fact("budget.project", "13125500", stage="initial"), fact("budget.project", "186000000", 2),
        fact("spending.project", "181350000", 2, 10), fact("rate.project", "97.5", 2, 20),
    )  # fmt: skip
    assert without_strangers(told) == told
