"""What a subtraction proves: an amount that lies between this year's money and last year's is its change, and the
percentage that the one is more or less than the other its rate, whatever words the report has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractors.figures.segments import clause_before
from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew
from schema.quantity import Quantity, fits
from schema.report import Fact

#: what a change may have been taken for; what the words settle otherwise (年中进度, 单位标准) is none
OPEN = frozenset({"", "增减或调整", "增减幅度", "其他比率", "其他占比", "其他金额", "与预算比较"})
#: 压降率4.45% · 多收528.05万元 · 净增214.34万元 · +9.79%
MOVED = re.compile(r"[增减降升涨跌多少压缩]|[上下]浮|回落|[+＋\-－−]\s?$")
#: last year's money, which nobody has said to be of anything: 比上年的16,945.20万元, 2021年为11,206.00万元
LAST_YEAR = re.compile(r"(?:上一?年|去年|(?P<year>20\d\d)年)[^，。；：]{0,14}$")
#: 本年预算净增 · 支出增加 · 2023年预算多 · 增幅: how the words right before a change end, which name nothing else
MOVES = re.compile(r"(?:[增减降升涨跌多少压缩]|高出|低了|[上下]浮|回落|扩大)[^\d约]{0,3}[+＋\-－−]?\s?$")
#: 较年初430万元增加186万元: not against last year
AGAINST = re.compile(r"[较比与同][^，。；]{0,4}(?:年初|预算|计划)")
#: a coarser percentage is given by too many pairs
FINE = Decimal("0.1")
#: how far apart, in percent, the rates may lie that two amounts give: 约1.09亿元 gives many
LOOSE = Decimal("0.5")
#: the money that can have changed
MONEY = (
    "budget.", "spending.", "income.", "three_public.", "procurement.", "carryover.", "project.budget", "project.spending",
)  # fmt: skip
#: how many characters a rate may stand behind its amount: 减少130.00万元，同比下降7.74%
BESIDE = 6
#: how sure a subtraction makes
SURE = 0.93


def with_changes(
    paragraph: Sequence[Told],
    source: str,
    year: int | None,
    known: Sequence[Fact] = (),
    tabled: Sequence[Fact] = (),
) -> list[Told]:
    """A paragraph's sentences with the changes that its own figures prove, and last year's money beside them; or
    those that are `known` from the paragraphs before, or from tables (`tabled`)."""
    if year is None:
        return list(paragraph)
    decided = [one for told in paragraph for one in told.decisions]
    proven: dict[int, Decision] = {}
    for at, one in enumerate(decided):
        if not _may_be_change(one, source) or _of_others(decided[:at], one, source):
            continue
        clause = clause_before(source, one.figure.start)
        plain = MOVES.search(clause) and not AGAINST.search(clause)
        stated = one.figure.quantity
        fine = one.figure.kind == "money" or (stated is not None and stated.step < FINE)
        told: list[Decision | Fact] = [*(tabled if fine else ()), *known, *decided[:at]]
        change = _of_known(one, told, year) if plain else None
        if change is not None and not _against_words(change, clause):
            proven[one.figure.start] = change
            continue
        earlier = [proven.get(other.figure.start, other) for other in decided[:at]]
        for now, before in _pairs(earlier, source, year):
            if (change := change_between(one, now, before, year)) is not None:
                proven[one.figure.start] = change
                proven.setdefault(before.figure.start, _of_last_year(before, now, year))
                break
    return decided_anew(paragraph, _rates_behind(decided, proven, source, year) | proven)


#: 减少47.83万元，下降4.91%: nothing between the two but that it is the same change
BY_RATE = re.compile(
    r"[，,、（(]\s?(?:同比|比上年|较上年)?(?:下降|增长|减少|增加|降低|上升|降幅|增幅|减幅|增速)[为是达约]*\s?"
)


def _rates_behind(
    decided: Sequence[Decision], proven: dict[int, Decision], source: str, year: int
) -> dict[int, Decision]:
    """The unread rates right behind the proven amount of a change, whether or not they give it: a wrong one is to be found."""
    found: dict[int, Decision] = {}
    for amount, rate in pairwise(decided):
        change = proven.get(amount.figure.start)
        stated = rate.figure.quantity
        if not change or change.concept != "change.amount" or change.quantity is None or stated is None:
            continue
        unread = rate.concept is None and rate.reason in OPEN and rate.figure.kind == "percent"
        if unread and BY_RATE.fullmatch(source, amount.figure.end, rate.figure.start):
            sign = 1 if change.quantity.value > 0 else -1
            quantity = replace(stated, value=abs(stated.value) * sign)
            found[rate.figure.start] = rate.proved(
                "change.rate", change.subject, quantity=quantity, period=year
            )
    return found


FALLS, RISES = re.compile("[减降跌少压缩]|回落|低了"), re.compile("[增升涨多]|高出|扩大|上浮")


def _against_words(change: Decision, clause: str) -> bool:
    """Whether the words say that it went the other way: 压掉60万元, where the budget is 60万元 above last year's."""
    falls, rises = FALLS.search(clause) is not None, RISES.search(clause) is not None
    value = change.quantity.value if change.quantity else 0
    return falls != rises and (value > 0) == falls


def with_parts_compared(paragraph: Sequence[Told], year: int | None) -> list[Told]:
    """A paragraph's sentences with last year's money and its change of the part right before them, where they were
    taken for the whole's and only the part gives the change: 其中…，公务用车运行维护费15.32万元，比上年16.05万元下降4.55%."""
    if year is None:
        return list(paragraph)
    decided = [one for told in paragraph for one in told.decisions]
    proven = _of_whole_again(decided, year)
    for at, (now, last, change) in enumerate(zip(decided, decided[1:], decided[2:], strict=False)):
        taken = (change.concept or "").startswith("change.") and change.subject == last.concept
        dated = (now.period, last.period) == (year, year - 1) and now.concept != last.concept
        if not (taken and dated and (now.concept or "").startswith(MONEY)):
            continue
        wholes = [one for one in decided if one.concept == last.concept and one.period == year]
        if any(change_between(change, whole, last, year) for whole in wholes) or not change_between(
            change, now, last, year
        ):
            continue
        proven[last.figure.start] = last.proved(str(now.concept), now.subject, confidence=SURE)
        proven[change.figure.start] = replace(change, subject=now.concept, confidence=SURE)
        proven |= _rate_beside(decided[at + 3 : at + 4], change, now.concept)
    return decided_anew(paragraph, proven)


def without_impossible(paragraph: Sequence[Told], year: int | None) -> list[Told]:
    """A paragraph's sentences without growth by more than all that there is, which is of something told before it: 收入总计
    2,846.31万元，其中年初结转和结余92.15万元，较2022年增加210.46万元，增长7.99%."""
    found: dict[int, Decision] = {}
    for told in paragraph:
        for at, (now, change) in enumerate(pairwise(told.decisions)):
            stated, moved = now.figure.quantity, change.quantity
            of_it = change.concept == "change.amount" and (now.concept, now.period) == (change.subject, year)
            if of_it and stated and moved and moved.interval.low > stated.interval.high:
                beside = _rate_beside(told.decisions[at + 2 : at + 3], change, change.subject)
                for one in (change, *beside.values()):
                    found[one.figure.start] = Decision(one.figure, reason="其他口径")
    return decided_anew(paragraph, found)


def _of_whole_again(decided: Sequence[Decision], year: int) -> dict[int, Decision]:
    """Last year's money and its change of the paragraph's whole, taken for the part right before them: 支出33.15万元。公务用车…；
    公务接待费2.75万元。上年34.02万元，下降2.56%."""
    proven: dict[int, Decision] = {}
    money = [one for one in decided if (one.concept or "").startswith(MONEY) and one.period == year]
    for at, last in enumerate(decided):
        behind = (one for one in decided[at + 1 : at + 3] if (one.concept or "").startswith("change."))
        change = next(behind, None)
        if change is None or last.period != year - 1 or (last.concept or "").startswith("project."):
            continue
        before = [one for one in money if one.figure.start < last.figure.start]
        own = [one for one in before if one.concept == last.concept]
        given = {
            (one.concept, one.subject)
            for one in before
            if one.concept != last.concept
            and change.subject in (last.concept, one.concept)
            and change_between(change, one, last, year)
        }
        if len(given) == 1 and not any(change_between(change, one, last, year) for one in own):
            concept, subject = given.pop()
            proven[last.figure.start] = last.proved(str(concept), subject, confidence=SURE)
            proven[change.figure.start] = replace(change, subject=concept, confidence=SURE)
            proven |= _rate_beside(decided[at + 1 : at + 4], change, concept)
    return proven


def _rate_beside(behind: Sequence[Decision], change: Decision, concept: str | None) -> dict[int, Decision]:
    """The rate right behind the amount of a change as one of the same concept: 减少130万元，下降7.74%."""
    return {
        rate.figure.start: replace(rate, subject=concept, confidence=SURE)
        for rate in behind
        if rate.concept == "change.rate"
        and rate.subject == change.subject
        and 0 <= rate.figure.start - change.figure.end <= BESIDE
    }


def _of_others(before: Sequence[Decision], one: Decision, source: str) -> bool:
    """林业总产值86.4亿元，增长8.1%: whether what stands right before a change is no money of the department's."""
    last = before[-1] if before else None
    between = source[last.figure.end : one.figure.start] if last else ""
    apart = re.search(r"[。；\n]", between) or (
        last and MOVED.search(clause_before(source, last.figure.start))
    )
    # 资助人次减少386人次，降幅7.7%: of the number right before it
    counted = (
        last
        and last.reason == "数量"
        and re.search(r"[增减降升多少]", clause_before(source, last.figure.start))
    )
    beside = counted and not re.search(r"[。；\n]", between)
    return bool(last and ((last.reason.startswith("非本部门") and not apart) or beside))


def _of_known(one: Decision, told: Sequence[Decision | Fact], year: int) -> Decision | None:
    """The figure as the change of the money of both years that was told before it: 本年预算增加286.4万元."""
    money = [
        each for each in told
        if (each.concept or "").startswith(MONEY) and each.quantity and each.period in (year, year - 1)
    ]  # fmt: skip
    found = {
        (change.concept, change.subject): change
        for now in money
        for before in money
        if (now.period, before.period) == (year, year - 1)
        and (now.concept, now.subject) == (before.concept, before.subject)
        and (now.stage == before.stage or not (now.stage and before.stage))
        and (change := change_between(one, now, before, year)) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _may_be_change(one: Decision, source: str) -> bool:
    figure = one.figure
    taken = one.concept and not (figure.direction and one.concept.startswith(MONEY))  # 本年预算增加286.4万元
    if taken or one.reason not in OPEN or not figure.quantity or figure.upper or not figure.value:
        return False
    if figure.kind == "percent" and figure.quantity.step > FINE:
        return False
    moved = figure.direction or MOVED.search(clause_before(source, figure.start))
    return figure.kind in ("money", "percent") and bool(moved)


def _pairs(earlier: Sequence[Decision], source: str, year: int) -> Iterator[tuple[Decision, Decision]]:
    """This year's money with last year's of the same, the nearest first."""
    money = [one for one in reversed(earlier) if one.figure.kind == "money" and one.figure.quantity]
    for now in money:
        if not (now.concept or "").startswith(MONEY) or now.period != year:
            continue
        for before in money:
            same = before.concept == now.concept and before.subject == now.subject
            if (same and before.period == year - 1) or (_free(before) and _last_years(before, source, year)):
                yield now, before


def _free(before: Decision) -> bool:
    """Whether nobody has said what an amount is, but that something was carried over right before it."""
    return before.concept is None or before.concept.startswith("carryover.")


def _last_years(one: Decision, source: str, year: int) -> bool:
    said = LAST_YEAR.search(source[: one.figure.start])
    return said is not None and said["year"] in (None, str(year - 1))


def change_between(
    one: Decision, now: Decision | Fact, before: Decision | Fact, year: int
) -> Decision | None:
    """The figure as the change from one amount to the other, None where the subtraction does not give it."""
    quantity, this, last = one.figure.quantity, _stated(now), _stated(before)
    if quantity is None or this is None or last is None or this.value == last.value or last.value <= 0:
        return None
    sign = 1 if this.value > last.value else -1
    if one.figure.direction not in (0, sign):
        return None
    size = this.interval - last.interval if sign > 0 else last.interval - this.interval
    stated = replace(quantity, value=abs(quantity.value))
    rate = one.figure.kind == "percent"
    if rate and size.width * 100 > last.value * LOOSE:
        return None
    if not (fits(stated.interval, size, last.interval) if rate else stated.interval.meets(size)):
        return None
    concept, moved = "change.rate" if rate else "change.amount", replace(stated, value=stated.value * sign)
    return one.proved(concept, now.concept, quantity=moved, period=year, confidence=min(now.confidence, SURE))


def _stated(one: Decision | Fact) -> Quantity | None:
    return one.quantity if isinstance(one, Fact) else one.figure.quantity


def _of_last_year(before: Decision, now: Decision, year: int) -> Decision:
    if not _free(before):
        return before
    return before.proved(str(now.concept), now.subject, period=year - 1, confidence=min(now.confidence, SURE))


#: this year's money that last year's may have become
WHOLES = ("spending.total", "spending.basic", "spending.project")


def with_years_apart(facts: Sequence[Fact], year: int | None) -> list[Fact]:
    """Last year's spending and the change from it, which one paragraph tells and which were taken for a part's, as
    what they make this year's: 上年支出5,701.20万元，增加131.27万元 behind the projects, where the total is 5,832.47万元."""
    told = list(facts)
    for change in facts:
        concept, moved, block = change.subject or "", change.quantity, change.evidence.block
        if change.concept != "change.amount" or concept not in WHOLES or moved is None or year is None:
            continue
        last = [f for f in facts if (f.concept, f.period, f.evidence.block) == (concept, year - 1, block)]
        made = [one.quantity.interval + moved.interval for one in last if one.quantity]
        now = [f for f in facts if f.concept in WHOLES and f.period == year and f.quantity]
        proven = {f.concept for f in now for whole in made if f.quantity and f.quantity.interval.meets(whole)}
        if len(proven) != 1 or concept in proven:
            continue
        own = proven.pop()
        for at, one in enumerate(told):
            if one in last:
                told[at] = replace(one, concept=own, confidence=SURE)
            elif one.subject == concept and one.concept.startswith("change.") and one.evidence.block == block:
                told[at] = replace(one, subject=own, confidence=SURE)
    return told
