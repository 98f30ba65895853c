"""Rules of the kind "a stated share is part / whole", both named by its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from schema.catalogue import CONCEPTS
from schema.finding import Calculation, plain
from schema.quantity import fits, quotient
from schema.report import Fact
from schema.rules.doubts import FINE, amounts_in
from schema.rules.figures import Book, Figure, Key, at, fold, operand, rounded
from schema.rules.kinds import Need, Rule, Trial, not_run
from schema.rules.ratios import Rate, weigh

#: words that a share's subject uses for a concept, beside the catalogue's own
SHARE_WORDS = {
    "总支出": "spending.total", "支出合计": "spending.total", "部门整体支出": "spending.total",
    "整体支出": "spending.total", "本年支出": "spending.total", "全年支出": "spending.total",
    "支出": "spending.total", "总预算": "budget.total", "预算": "budget.total", "预算合计": "budget.total",
    "部门预算": "budget.total", "基本支出预算": "budget.basic", "项目支出预算": "budget.project", "总收入": "income.total", "本年收入": "income.total",
    "收入": "income.total", "财政拨款": "income.fiscal", "一般公共预算财政拨款收入": "income.fiscal",
    "三公经费": "three_public.spending", "日常公用经费": "spending.operating", "工资福利支出": "spending.personnel",
}  # fmt: skip
#: what a share is of, where its own words name the whole wrongly
WHOLES = ("spending.total", "budget.total", "income.total", "spending.basic", "budget.basic")
_BY_ZH = {concept.zh: concept.id for concept in CONCEPTS}
_BY_ID = {concept.id for concept in CONCEPTS}


def concept_named(name: str) -> str | None:
    """The concept that a share's or change's subject names, by id, by label or by a usual word."""
    if name.strip() in _BY_ID:
        return name.strip()
    name = fold(name)
    return _BY_ZH.get(name) or SHARE_WORDS.get(name)


def share(rule_id: str, *, of: str, zh: str, meaning: str, clause: str) -> Rule:
    """A stated share is part / whole, both named in its subject ("part / whole")."""
    return Rule(
        rule_id, zh, "error", "arithmetic", partial(_shares, of=of), meaning, "share = 部分 ÷ 整体", clause
    )


def _shares(book: Book, of: str) -> Iterator[Trial]:
    stated = book.of(of)
    if not stated:
        yield not_run(None, "占比")
    for figure in stated:
        subject = figure.subject or ""
        part_name, _, whole_name = subject.partition("/")
        ids = [concept_named(part_name), concept_named(whole_name)]
        if not book.open(figure):
            yield not_run(subject, f"{subject}前后不一致")
        elif ids == [None, "spending.project"] and (project := _project(book, figure, part_name)):
            yield _of_project(book, figure, project)
        elif None in ids or not all(ids):
            lacks = [n.strip() for n, i in zip((part_name, whole_name), ids, strict=True) if not i]
            yield not_run(subject or None, *(lacks or ["占比的分子和分母"]))
        else:
            yield weigh_share(book, figure, str(ids[0]), str(ids[1]))


def _project(book: Book, figure: Figure, name: str) -> Figure | None:
    """What was spent on the project that a share's subject names."""
    spent = (f for f in book.of("project.spending") if f.key.period == figure.key.period)
    return next((f for f in spent if f.key.subject == fold(name)), None)


def _of_project(book: Book, figure: Figure, project: Figure) -> Trial:
    """The share of one project in all of them."""
    whole = book.find("spending.project", figure.key.period)
    if whole is None or not book.open(whole) or not book.open(project):
        return not_run(figure.subject, "项目支出")
    result = quotient(project.interval, whole.interval)
    calculation = Calculation(
        f"{project.said}÷{whole.said}={plain(rounded(result.middle, figure.step))}%",
        (operand(book.label(project.key, project.subject), project), operand(book.label(whole.key), whole)),
        result,
    )
    if fits(figure.interval, project.interval, whole.interval):
        return Trial(figure.subject, "held", calculation=calculation)
    expected = f"{plain(rounded(result.middle, figure.step))}%"
    return Trial(
        figure.subject,
        "broken",
        calculation=calculation,
        message=f"占比（{figure.subject}）写为{figure.said}{at(figure.evidence)}，"
        f"按{project.said}÷{whole.said}计算应为{expected}",
        stated=figure.said,
        expected=expected,
        evidence=(figure.evidence, project.evidence, whole.evidence),
        needs=(Need(figure.key, result),),
    )


def weigh_share(book: Book, figure: Figure, part: str, whole: str) -> Trial:
    trial = weigh(book, Rate("share", part, whole), _unsubjected(figure))
    if trial.outcome == "broken":
        named = whole == "spending.total" and all(_of_spending(f) for f in figure.facts)
        others = () if named else (Rate("share", part, w) for w in WHOLES if w not in (whole, part))
        held = [t for r in others if (t := weigh(book, r, _unsubjected(figure))).outcome == "held"]
        trial = held[0] if held else trial  # 占比 of another whole than the words name
        if (
            trial.outcome == "broken"
            and trial.severity != "notice"
            and _share_of_amounts(book, figure, trial)
        ):
            return Trial(figure.subject, "held", calculation=trial.calculation)
    message = trial.message.replace(book.label(figure.key), f"占比（{figure.subject}）", 1)
    needs = tuple(replace(n, key=figure.key) if n.key.concept == "share" else n for n in trial.needs)
    return replace(trial, subject=figure.subject, message=message, needs=needs)


def _of_spending(fact: Fact) -> bool:
    """Whether the words right before a share name what was spent as its whole: 占全年支出的25.69%."""
    said = rf"占[^，。；占预收]{{0,6}}支出[^，。；占预收]{{0,6}}{re.escape(fact.evidence.text)}"
    return re.search(said, fact.evidence.context) is not None


def _share_of_amounts(book: Book, figure: Figure, trial: Trial) -> bool:
    """Whether an amount of the share's own paragraph makes it right: the part or the whole that was meant."""
    operands = trial.calculation.operands[1:3] if trial.calculation else ()
    if len(operands) < 2:
        return False
    part, whole = (o.interval for o in operands)
    known = {f.evidence.text for f in book.report.facts}
    fine = figure.step <= FINE / 10  # a coarse share fits some figure by chance, and an unread one seldom
    amounts = [a for text, a in amounts_in(book, figure.evidence.block).items() if fine or text not in known]
    return any(
        (a.low > 0 and fits(figure.interval, part, a)) or fits(figure.interval, a, whole) for a in amounts
    )


def _unsubjected(figure: Figure) -> Figure:
    return Figure(Key(figure.key.concept, figure.key.period, figure.key.stage), figure.facts)
