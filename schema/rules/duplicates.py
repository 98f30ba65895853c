"""The rule that one thing has one value: statements of the same fact laid side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from schema.catalogue import BY_ID
from schema.quantity import slip_between
from schema.report import Evidence, Fact
from schema.rules.figures import Book, Figure, Key, at, doubt, said
from schema.rules.kinds import Need, Rule, Trial, not_run
from schema.rules.ratios import Rate, weigh
from schema.rules.statements import one_sentence

#: concepts whose second value is another thing, not a contradiction
FREE = frozenset(
    {"fiscal_year", "filed_on", "department", "preparer", "phone", "change.amount", "change.rate"}
)


#: how many times one value may be the other and still be meant for it
FAR = 10


def single(rule_id: str, *, rates: tuple[Rate, ...], zh: str, meaning: str, clause: str) -> Rule:
    """Every statement of one fact agrees with every other. Those that do not block what uses them."""
    engine = partial(_all, rates=rates)
    return Rule(rule_id, zh, "error", "consistency", engine, meaning, "同一数据各处的取值区间相交", clause)


def _all(book: Book, rates: tuple[Rate, ...]) -> Iterator[Trial]:
    repeated = [f for f in book.figures.values() if len(f.facts) > 1 and f.key.concept not in FREE]
    grades = _grades(book)
    if not repeated and not grades:
        yield not_run(None, "同一数据的第二处表述")
    for figure in repeated:
        if book.open(figure):
            yield _agreed(book, figure, rates)
        else:
            yield not_run(subject_of(figure), f"同一句中写有几个{book.label(figure.key)}，各有所指")
    yield from grades


def subject_of(figure: Figure) -> str:
    return figure.subject or figure.key.concept


def clashes(figure: Figure) -> tuple[Fact, Fact] | None:
    """Two statements that cannot be of one figure: the odd one first, the usual one second."""
    facts = figure.facts
    counts = Counter(f.value for f in facts)
    usual = max(facts, key=lambda f: counts[f.value])
    for fact in facts:
        if fact.quantity and usual.quantity and not fact.quantity.same_as(usual.quantity):
            return fact, usual
    for index, fact in enumerate(facts):
        for other in facts[index + 1 :]:
            if fact.quantity and other.quantity and not fact.quantity.same_as(other.quantity):
                return other, fact
    return None


def _of_another(book: Book, odd: Fact, usual: Fact, rates: tuple[Rate, ...]) -> bool:
    """Whether the odd statement is of something else that its sentence speaks of: a budget, spending or
    rate beside it is not the report's usual one either (设备购置预算5万元，支出4万元，执行率80%)."""
    families = [(r.of, r.part, r.whole) for r in rates if odd.concept in (r.of, r.part, r.whole)]
    if not families or magnitude(odd, usual):
        return False
    beside = [
        f
        for f in book.report.facts
        if f.concept in families[0] and f.concept != odd.concept and one_sentence(f.evidence, odd.evidence)
    ]
    return any(_strange(book, fact) for fact in beside)


def _far_apart(one: Fact, other: Fact) -> bool:
    """Whether two values are too far apart for one thing told wrongly: 旅游总收入38.9亿元 is not the
    department's 收入. A power of ten is another matter: a unit."""
    small, large = sorted((abs(one.number), abs(other.number)))
    money = BY_ID[one.concept].kind == "money"
    return money and small > 0 and large > FAR * small and not magnitude(one, other)


def _strange(book: Book, fact: Fact) -> bool:
    """Whether a fact is contradicted by a statement outside its own sentence."""
    figure = book.figures.get(book.key(fact))
    return figure is not None and any(
        fact.quantity and other.quantity and not fact.quantity.same_as(other.quantity)
        for other in figure.facts
        if not one_sentence(fact.evidence, other.evidence)
    )


def _agreed(book: Book, figure: Figure, rates: tuple[Rate, ...]) -> Trial:
    subject = subject_of(figure)
    clash = clashes(figure)
    if clash is None or _explained(book, figure, rates):
        return Trial(subject, "held", needs=(Need(figure.key),))
    odd, usual = clash
    cut = bool(odd.quantity and usual.quantity and _only_cut(odd, usual))
    # two values in one paragraph are more often of two things than one thing told twice
    beside = len({f.evidence.block for f in figure.facts}) == 1
    other = (
        beside
        or _far_apart(odd, usual)
        or _of_another(book, odd, usual, rates)
        or _of_another(book, usual, odd, rates)
    )
    slip = magnitude(odd, usual)
    label = book.label(figure.key, figure.subject)
    message = (
        f"{label}前后不一致：一处写为{said(odd)}{at(odd.evidence)}，"
        f"另一处写为{said(usual)}{at(usual.evidence)}"
    )
    if cut:
        message += "，可能是截去了尾数而未四舍五入"
    elif other:
        message += f"；{'两处同在一段，' if beside else ''}也可能说的不是同一件事，请核对"
    elif slip:
        message += f"，恰好相差10的{abs(slip)}次方倍，疑为金额单位（元、万元）写错"
    if not cut:
        book.blocked.add(figure.key)
    return Trial(
        subject,
        "broken",
        message=message + doubt(figure.facts),
        stated=said(odd),
        expected=said(usual),
        evidence=(odd.evidence, usual.evidence, *_others(figure.facts, odd, usual)),
        severity="notice" if cut or other else None,
        needs=(Need(figure.key),),
    )


def _others(facts: Sequence[Fact], *shown: Fact) -> tuple[Evidence, ...]:
    return tuple(f.evidence for f in facts if f not in shown)


def magnitude(odd: Fact, usual: Fact) -> int | None:
    """The power of ten between two statements of money, where it is 100 or more."""
    if BY_ID[odd.concept].kind != "money" or odd.quantity is None or usual.quantity is None:
        return None
    return slip_between(odd.quantity.interval, usual.quantity.interval)


def _only_cut(one: Fact, other: Fact) -> bool:
    """Whether two statements of different precision agree if the coarser one was cut off."""
    a, b = one.quantity, other.quantity
    if a is None or b is None or a.step == b.step:
        return False
    coarse, fine = (a, b) if a.step > b.step else (b, a)
    return coarse.truncated.meets(fine.interval)


def _explained(book: Book, figure: Figure, rates: tuple[Rate, ...]) -> bool:
    """Whether the different values are of different things after all: each rate is right by a
    denominator of its own, each unstaged budget is one of the staged ones."""
    key = figure.key
    for rate in rates:
        if rate.of == key.concept:
            each = (weigh(book, rate, Figure(key, (fact,))) for fact in figure.facts)
            return all(t.outcome == "held" or t.severity == "notice" for t in each)
    if key.stage is None:
        staged = [
            f
            for stage in ("initial", "adjusted")
            if (f := book.figures.get(Key(key.concept, key.period, stage, key.subject)))
        ]
        return bool(staged) and all(
            any(q.same_as(s) for f in staged for s in f.quantities) for q in figure.quantities
        )
    return False


def _grades(book: Book) -> list[Trial]:
    """The grades that the report gives itself, or each of its projects."""
    by_subject: dict[str | None, list[Fact]] = defaultdict(list)
    for stated in book.texts("rating"):
        by_subject[stated.subject].append(stated)
    return [_graded_alike(book, subject, stated) for subject, stated in by_subject.items() if len(stated) > 1]


def _graded_alike(book: Book, subject: str | None, stated: list[Fact]) -> Trial:
    first = stated[0]
    other = next((f for f in stated if f.text != first.text), None)
    about = subject or "rating"
    if other is None:
        return Trial(about, "held")
    key = book.key(first)
    book.blocked.add(key)
    return Trial(
        about,
        "broken",
        message=f"{f'“{subject}”' if subject else ''}绩效等级前后不一致：一处写为“{first.evidence.text}”"
        f"{at(first.evidence)}，另一处写为“{other.evidence.text}”{at(other.evidence)}",
        stated=other.text,
        expected=first.text,
        evidence=(first.evidence, other.evidence),
        needs=(Need(key),),
    )
