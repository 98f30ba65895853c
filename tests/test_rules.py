"""Each rule of the book: a case that holds, one that breaks, one that lacks its facts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from schema.explain import NotARule, explain, rule_table
from schema.explain.examples import ALWAYS_RUN, EXAMPLES
from schema.explain.making import fact, facts, report
from schema.finding import Verdicts
from schema.report import Report
from schema.rules import RULES, check
from schema.rules.cross import ledger_trials, prior_trials
from schema.rules.figures import Book
from schema.rules.kinds import Rule
from schema.rules.sums import total

IDS = [rule.id for rule in RULES if rule.family != "cross_report"]


def loud(verdicts: Verdicts) -> list[tuple[str, str | None]]:
    return [(f.rule, f.subject) for f in verdicts.findings if f.severity != "notice"]


def outcomes(report_: Report, rule: str) -> set[str]:
    return {o.outcome for o in check(report_).outcomes if o.rule == rule}


def test_every_rule_has_its_three_cases() -> None:
    assert sorted(EXAMPLES) == sorted(IDS)


def test_ids_are_unique() -> None:
    assert len({r.id for r in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", IDS)
def test_holds(rule: str) -> None:
    assert "held" in outcomes(EXAMPLES[rule].holds, rule)
    assert loud(check(EXAMPLES[rule].holds)) == []


@pytest.mark.parametrize("rule", IDS)
def test_breaks_with_one_finding(rule: str) -> None:
    verdicts = check(EXAMPLES[rule].breaks)
    severity = next(r.severity for r in RULES if r.id == rule)
    told = [f for f in verdicts.findings if f.rule == rule]
    assert [f.severity for f in told] == [severity]
    assert loud(verdicts) == ([(rule, told[0].subject)] if severity != "notice" else [])
    assert told[0].message
    assert told[0].clause


@pytest.mark.parametrize("rule", [r for r in IDS if r not in ALWAYS_RUN])
def test_lacks_its_facts(rule: str) -> None:
    found = [o for o in check(EXAMPLES[rule].lacks).outcomes if o.rule == rule]
    assert {o.outcome for o in found} == {"not_run"}
    assert all(o.missing for o in found)


@pytest.mark.parametrize("rule", IDS)
def test_explanation_is_what_the_rule_says(rule: str) -> None:
    explained = explain(rule)
    assert explained.finding is not None
    assert explained.finding.rule == rule
    assert explained.holds
    assert explained.meaning


def test_a_rule_of_an_existing_kind_is_one_line() -> None:
    row = total("sum.income", of="income.total", parts=("income.fiscal", "carryover.opening"), zh="收入合计不符",
                clause="某市办法", meaning="收入不等于财政拨款加年初结转")  # fmt: skip
    stated = facts(income_total="120万元", income_fiscal="100万元", carryover_opening="10万元")
    found = check(report(*stated), rules=(*RULES, row)).findings
    assert [(f.rule, f.stated, f.expected, f.clause) for f in found] == [
        ("sum.income", "120万元", "110万元", "某市办法")
    ]


def test_explanations_name_concepts_in_chinese() -> None:
    shown = [explain(rule.id) for rule in RULES]
    ids = re.compile(r"[a-z_]+\.[a-z_]+")
    assert [e.rule for e in shown if ids.search(f"{e.formula}{e.holds}{e.breaks}")] == []


def test_the_readme_has_the_rule_table() -> None:
    readme = Path(__file__).parent.parent / "README.md"
    assert rule_table() in readme.read_text("utf8")


def test_the_rule_table_has_every_rule() -> None:
    assert [line.split("`")[1] for line in rule_table().splitlines()[2:]] == [r.id for r in RULES]


def test_unknown_rule() -> None:
    with pytest.raises(NotARule, match="没有名为"):
        explain("sum.nothing")


def test_a_rule_that_raises_is_a_finding_and_the_others_run() -> None:
    def engine(book: Book) -> object:
        raise ZeroDivisionError

    bad = Rule("sum.bad", "坏规则", "error", "arithmetic", engine, "", "", "")  # type: ignore[arg-type]
    verdicts = check(EXAMPLES["sum.budget"].breaks, rules=(bad, *RULES))
    assert [f.rule for f in verdicts.findings] == ["sum.bad", "sum.budget"]
    assert "规则运行失败" in verdicts.findings[0].message


def test_fingerprint_survives_a_shift_of_the_text() -> None:
    first = EXAMPLES["sum.budget"].breaks
    moved = replace(
        first,
        facts=tuple(
            replace(f, evidence=replace(f.evidence, block=f.evidence.block + 7, page=3)) for f in first.facts
        ),
    )
    one, other = check(first).findings[0], check(moved).findings[0]
    assert one.fingerprint == other.fingerprint
    assert one.evidence != other.evidence


BUDGET = facts(budget_total="147.89万元", budget_basic="135.47万元", budget_project="12.42万元")
SPENDING = facts(spending_total="135.64万元", spending_basic="131.72万元", spending_project="3.92万元")

# one slip that several rules feel: exactly one finding tells it
SLIPS = [
    ("total moved", [fact("spending.total", "153.64万元"), *SPENDING[1:], *BUDGET, fact("rate.total", "91.72%")],
     ("sum.spending", None)),
    ("a part moved", [SPENDING[0], fact("spending.basic", "113.72万元"), SPENDING[2], *BUDGET, fact("rate.basic", "97.23%")],
     ("sum.spending", None)),
    ("part in yuan", [SPENDING[0], SPENDING[1], fact("spending.project", "3.92元"), *BUDGET, fact("rate.project", "31.56%")],
     ("unit.magnitude", "spending.project")),
    ("total in yuan", [fact("spending.total", "135.64元"), *SPENDING[1:], *BUDGET, fact("rate.total", "91.72%")],
     ("unit.magnitude", "spending.total")),
    ("part times 10^4", [SPENDING[0], SPENDING[1], fact("spending.project", "39200万元"), *BUDGET],
     ("unit.magnitude", "spending.project")),
    ("stated twice", [*SPENDING, fact("spending.total", "153.64万元", 9), *BUDGET, fact("rate.total", "91.72%")],
     ("duplicate.conflict", "spending.total")),
    ("stated twice, in yuan", [*SPENDING, fact("spending.total", "135.64元", 9), *BUDGET, fact("rate.total", "91.72%")],
     ("unit.magnitude", "spending.total")),
    ("rate moved", [*SPENDING, *BUDGET, fact("rate.total", "97.12%")], ("rate.execution", "rate.total")),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "want"), [s[1:] for s in SLIPS], ids=[s[0] for s in SLIPS])
def test_one_slip_one_finding(stated: list[object], want: tuple[str, str | None]) -> None:
    assert loud(check(report(*stated))) == [want]  # type: ignore[arg-type]


def test_two_slips_two_findings() -> None:
    stated = (fact("spending.total", "153.64万元"), *SPENDING[1:], *BUDGET, fact("rate.project", "13.56%"))
    assert loud(check(report(*stated))) == [("sum.spending", None), ("rate.execution", "rate.project")]


# ---- other data -------------------------------------------------------------------------------

LAST_YEAR = report(fact("spending.total", "120.5万元"), fact("budget.total", "130万元", 1), fiscal_year=2022)
PRIOR = [
    ("120.5万元", "held"),
    ("1205012.3元", "held"),
    ("125.0万元", "broken"),
    ("120.5元", "broken"),
]


@pytest.mark.parametrize(("stated", "outcome"), PRIOR)
def test_prior_year(stated: str, outcome: str) -> None:
    now = report(fact("spending.total", stated, period=2022))
    assert [t.outcome for t in prior_trials(now, LAST_YEAR)] == [outcome]


def test_prior_year_without_figures() -> None:
    assert [t.outcome for t in prior_trials(report(), LAST_YEAR)] == ["not_run"]


@pytest.mark.parametrize(("stated", "outcome"), PRIOR)
def test_ledger(stated: str, outcome: str) -> None:
    record = [fact("spending.total", "120.50万元")]
    assert [t.outcome for t in ledger_trials(report(fact("spending.total", stated)), record)] == [outcome]


def test_ledger_without_that_department() -> None:
    assert [t.outcome for t in ledger_trials(report(fact("spending.total", "1万元")), [])] == ["not_run"]


@pytest.mark.parametrize(("again", "severity"), [(False, "notice"), (True, "error")])
def test_a_figure_read_without_confidence_is_weighed_by_its_surer_statement(
    again: bool, severity: str
) -> None:
    breaks = EXAMPLES["sum.spending"].breaks
    part = next(fact for fact in breaks.facts if fact.concept == "spending.project")
    elsewhere = replace(part.evidence, block=part.evidence.block + 50)
    doubted = replace(part, confidence=0.75, evidence=elsewhere)
    others = tuple(fact for fact in breaks.facts if fact is not part)
    facts = (doubted, *others, *((part,) if again else ()))
    told = [f for f in check(replace(breaks, facts=facts)).findings if f.rule == "sum.spending"]
    assert [f.severity for f in told] == [severity]
