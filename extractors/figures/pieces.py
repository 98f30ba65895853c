"""Shares told in a row that make up a whole: 中央财政728万元，占70%；省级财政312万元，占30%, whatever the pieces are.

Only a row that adds up to 100%, each of them what its piece's amount is of one and the same whole, is taken for such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.figures.percentages import NAMES
from extractors.figures.setting import Decision
from extractors.figures.traits import Told, decided_anew
from schema.quantity import Quantity, fits
from schema.report import Fact

#: what a sentence says that gives shares; elsewhere each must stand in a bracket right behind its amount
SAID = re.compile(r"占|比重|构成|结构|份额")
#: how far the row may be from 100 for each of its percentages
ROUNDED = Decimal("0.01")
#: what a piece's clause says besides its name: 其中中央财政 · 产业类占 · 来源四级：中央
LEAD = re.compile(r"^(?:其中|其余|另|由|包括|来自|[和与及]|[一二三四五六七八九]是)+")
TAIL = re.compile(r"(?:(?:依次|分别|各)?占(?:比|到)?|资金量|投入|支出|安排|为|是|：)+$")
PIECE = re.compile(r"[^\d，。；：（）%]{2,20}")
#: what the whole is called, by its concept
WHOLES = {
    "budget.total": "总预算", "spending.total": "总支出", "income.total": "总收入", "procurement.budget": "政府采购预算",
    "procurement.spending": "政府采购支出", "project.budget": "项目预算", "project.spending": "项目支出",
    "budget.project": "项目预算", "spending.project": "项目支出", "three_public.spending": "三公经费",
}  # fmt: skip


def with_pieces(
    paragraph: Sequence[Told], source: str, year: int | None, known: Sequence[Fact]
) -> list[Told]:
    """A paragraph's sentences with the rows of shares that their amounts prove."""
    told = [one for sentence in paragraph for one in sentence.decisions]
    proven: dict[int, Decision] = {}
    for sentence in paragraph:
        row = [one for one in sentence.decisions if one.figure.kind == "percent" and one.figure.quantity]
        if len(row) < 2 or abs(sum(one.figure.value for one in row) - 100) > ROUNDED * len(row):
            continue
        pieces = list(_pieces(row, told, source, sentence.start))
        if len(pieces) == len(row) and (whole := _whole(row, pieces, told, known, year)):
            for one, (name, _) in zip(row, pieces, strict=True):
                if one.concept != "share":
                    proven[one.figure.start] = one.proved("share", f"{name} / {whole}", period=year)
    return decided_anew(paragraph, proven)


def _pieces(
    row: Sequence[Decision], told: Sequence[Decision], source: str, start: int
) -> Iterator[tuple[str, Quantity]]:
    """The name and the amount of each piece of a row, as far as they are told."""
    money = [one for one in told if one.figure.kind == "money" and one.figure.start < row[0].figure.start]
    behind = source[row[0].figure.end : row[1].figure.start].strip() in ("、", "，", "和", "；", "/")
    for at, one in enumerate(row):
        before = [each for each in told if each.figure.end <= one.figure.start]
        between = source[before[-1].figure.end : one.figure.start] if before else ""
        if behind:  # 中央1.1亿元，省4,820万元，依次占69.53%、30.47%
            amount = money[at - len(row)] if len(money) >= len(row) else None
        elif before and before[-1].figure.kind == "money" and BESIDE.fullmatch(between):
            amount = before[-1]
        else:
            amount = _told_before(_name(source, one.figure.start), before)
        if amount is None or not amount.figure.quantity or not (behind or _says(source, start, one, between)):
            return
        name = amount.subject or NAMES.get(_key(amount.concept), "") or _name(source, amount.figure.start)
        if not PIECE.fullmatch(name):
            return
        yield name, amount.figure.quantity


#: between a piece's amount and its share
BESIDE = re.compile(r"\s?[，,（(、]?\s?(?:占(?:比|到)?(?:[^，。；\d]{0,10}的)?(?:为|达)?)?\s?")


def _says(source: str, start: int, one: Decision, between: str) -> bool:
    return bool(SAID.search(source, start, one.figure.start)) or between.strip() in ("（", "(")


def _told_before(name: str, before: Sequence[Decision]) -> Decision | None:
    """The amount of a piece that was told by its name: 养老补助124万元；…。占比由高到低：养老补助38%."""
    return next((one for one in before if one.subject == name and one.figure.kind == "money"), None)


def _name(source: str, at: int) -> str:
    said = re.split("[，。；：（）、]", source[:at])[-1]
    return TAIL.sub("", LEAD.sub("", re.sub('[“”"\\s]', "", said)))


def _key(concept: str | None) -> str:
    return (concept or "").removesuffix(".spending").rpartition(".")[2] if concept else ""


def _whole(
    row: Sequence[Decision],
    pieces: Sequence[tuple[str, Quantity]],
    told: Sequence[Decision],
    known: Sequence[Fact],
    year: int | None,
) -> str:
    """How the amount is called of which each piece is its percentage; "" where none is told."""
    here = [one for one in told if one.figure.start < row[0].figure.start and one.figure.quantity]
    for one in (*reversed(here), *reversed(known)):
        if one.concept not in WHOLES or one.period != year or not one.quantity:
            continue
        whole = one.quantity.interval
        if all(
            fits(share.figure.quantity.interval, amount.interval, whole)  # type: ignore[union-attr]
            for share, (_, amount) in zip(row, pieces, strict=True)
        ):
            return WHOLES[one.concept or ""]
    return ""
