"""Rules of the kind "a grade is that of its band"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from schema.finding import Calculation, Operand, plain
from schema.quantity import HUNDRED, Interval
from schema.report import Band, Evidence, Fact, Grade
from schema.rules.figures import Book, Figure, Key, at, doubt, operand
from schema.rules.kinds import Need, Rule, Trial, not_run


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades with their lowest share of full marks in percent, from the best down."""

    bands: tuple[tuple[Grade, Decimal], ...]
    clause: str
    evidence: tuple[Evidence, ...] = ()

    def grade(self, share: Decimal) -> Grade:
        return next((grade for grade, low in self.bands if share >= low), self.bands[-1][0])

    def told(self, grade: Grade) -> str:
        """A grade's band for people: 80（含）—90."""
        lows = [low for _, low in self.bands]
        index = [g for g, _ in self.bands].index(grade)
        top = plain(lows[index - 1]) if index else ""
        if not index:
            return f"{plain(lows[0])}（含）以上"
        return f"{top}以下" if lows[index] <= 0 else f"{plain(lows[index])}（含）—{top}"


#: the five grades, for a report that uses 低 where its province says nothing
FIVE = Scale(
    (("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(70)), ("低", Decimal(60)), ("差", Decimal(0))),
    "五级制：90、80、70、60分为界",
)


def band(rule_id: str, *, of: str, by: str, full: str, zh: str, meaning: str, clause: str) -> Rule:
    """The grade `of` is the one of the band that the score `by` (out of `full`) lies in."""
    engine = partial(_rated, of=of, by=by, full=full)
    return Rule(
        rule_id, zh, "error", "consistency", engine, meaning, f"{of} = 等级表（{by} ÷ {full}）", clause
    )


def own_scale(book: Book, full: Decimal) -> Scale | None:
    """The bands that the report itself states out of `full` marks, where they leave no grade open."""
    stated = _together(book.report.bands)
    lows: dict[Grade, Decimal] = {}
    highs = [b.high for b in stated if b.high is not None]
    for each in stated:
        low = each.low
        if low is None:  # "below 60": it begins where nothing else does
            low = Decimal(0) if each.high is not None and each.high <= min(highs) else None
        if low is not None:
            lows.setdefault(each.grade, low * HUNDRED / full)
    if len(lows) < 2:
        return None
    bands = sorted(lows.items(), key=lambda item: -item[1])
    if bands[-1][1] > 0 and bands[-1][0] != "差":
        bands.append(("差", Decimal(0)))
    return Scale(tuple(bands), "报告自述的等级标准", tuple(b.evidence for b in stated))


def _together(bands: Sequence[Band]) -> Sequence[Band]:
    """The bands of the paragraph or cell that quotes most grades, where one quotes several: a lone band elsewhere may
    be another body's, 区教育督导得分91.5分，等次为良好（该办法90至95分为良好）."""
    blocks: dict[int, list[Band]] = {}
    for band in bands:
        blocks.setdefault(band.evidence.block, []).append(band)
    most = max(blocks.values(), key=lambda each: len({band.grade for band in each}), default=[])
    return most if len({band.grade for band in most}) > 2 else bands


def _full(book: Book) -> Decimal:
    stated = book.of("score.full")
    numbers = {f.best.number for f in stated if book.open(f) and f.best.number > 0}
    if len(numbers) == 1:
        return numbers.pop()
    return HUNDRED


def _rated(book: Book, of: str, by: str, full: str) -> Iterator[Trial]:
    ratings, scores = book.texts(of), [f for f in book.of(by) if f.key.period == book.year]
    scores = scores or book.of(by)
    if not ratings or not scores:
        lacks = [*([] if ratings else ["绩效等级"]), *([] if scores else ["自评总分"])]
        yield not_run(of, *lacks)
        return
    for subject in dict.fromkeys(rating.subject for rating in ratings):
        rating = next(r for r in ratings if r.subject == subject)
        key = book.key(rating)
        own = [f for f in scores if subject is None or f.key.subject == key.subject]
        if not own:
            yield not_run(subject or of, "自评总分")
        elif not book.open(own[0]) or key in book.blocked:
            yield not_run(subject or of, "自评总分或绩效等级前后不一致")
        else:
            yield _graded(book, key, rating, own[0])


def _graded(book: Book, key: Key, rating: Fact, score: Figure) -> Trial:
    profile, of = book.profile, rating.subject or key.concept
    marks = _full(book)
    if score.best.number > marks:
        return not_run(of, f"自评总分{score.said}超过满分{plain(marks)}")
    share = score.best.number * HUNDRED / marks
    written: Grade = rating.text  # type: ignore[assignment]
    own = own_scale(book, marks)
    percent = own_scale(book, HUNDRED) if own and marks != HUNDRED else None
    if percent and percent.grade(share) == written:
        own = percent  # 满分120分，得105.6分，折算为88分；80分至90分为良: bands of the score that it was turned to
    if own and written not in dict(own.bands):
        own = None  # the report quotes the bands of other grades only
    scale = own or Scale(profile.bands, profile.bands_source.clause)
    if not own and written == "低" and "低" not in dict(scale.bands):
        scale = FIVE
    right = scale.grade(share)
    scaled = (
        ""
        if marks == HUNDRED
        else f"（满分{plain(marks)}分，折合{plain(share.quantize(Decimal('0.01')))}分）"
    )
    calculation = Calculation(
        f"{score.said}{scaled} → {right}（{scale.told(right)}分）",
        (
            operand("自评总分", score),
            Operand("绩效等级", rating.evidence.text, Interval.exactly(share), rating.evidence),
        ),
        Interval.exactly(share),
    )
    needs = (Need(key), Need(score.key))
    reading = "（分档按“达到下限即归入”理解）"
    if right == written:
        return Trial(of, "held", calculation=calculation, needs=needs)
    unsure = not own and not profile.bands_source.confirmed and _generic(share) == written
    return Trial(
        of,
        "broken",
        calculation=calculation,
        message=(
            f"绩效等级写为“{rating.evidence.text}”{at(rating.evidence)}，自评总分{score.said}"
            f"{at(score.evidence)}{scaled}落在{scale.told(right)}分一档，等级应为“{right}”{reading}"
            + ("；本省分档标准有待核对，请以正式文件为准" if unsure else "")
            + doubt([rating, score.best])
        ),
        stated=written,
        expected=right,
        evidence=(rating.evidence, score.evidence, *scale.evidence),
        severity="notice" if unsure else None,
        clause=scale.clause,
        needs=needs,
    )


def _generic(share: Decimal) -> Grade:
    """The grade by the ministry's four bands."""
    bands: tuple[tuple[Grade, int], ...] = (("优", 90), ("良", 80), ("中", 60))
    return next((grade for grade, low in bands if share >= low), "差")
