"""The last row of a form: 总分 | 100 | 96 | 优, in columns, behind labels, or in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.tables.cells import NotAFigure, Reading, read_points
from extractors.tables.grid import Slot, fold
from extractors.tables.harvest import GRADES, ticked
from extractors.tables.headers import Header
from extractors.tables.vocabulary import Vocabulary, plain

#: 自评得分：93分 · （自评等级：优）
INLINE = re.compile(
    r"^\s*[(（]?\s*(?P<label>[^:：()（）\d]{2,12}?)\s*[:：]\s*(?P<value>[^:：()（）]+?)\s*[)）]?\s*$"
)
#: 总分（100分） · 总分（满分100分）
FULL = re.compile(r"[(（]\s*(?:满分)?[为是：:]?\s*(?P<value>\d+(?:\.\d+)?\s*分?)\s*[)）]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure or a grade at slot.text[start:end]."""

    slot: Slot
    start: int
    end: int

    def points(self) -> Reading | None:
        """The points that stand there. None for words and for what cannot be read."""
        try:
            reading = read_points(self.slot, self.start, self.end)
        except NotAFigure:
            return None
        return reading


def spot(slot: Slot, start: int = 0, end: int | None = None) -> Spot:
    return Spot(slot, start, len(slot.text) if end is None else end)


#: “优” · （自评等级）优
GRADED = re.compile(
    r"(?:(?:自评|评价)?(?:等级|等次|结果|结论)[为是])?(?:[（(](?:自评|评价|绩效|评定)?(?:等级|等次|结果|级别)[）)])?\s?[“”\"']?(?P<grade>[优良中低差合一较不]\S{0,2}?)[“”\"']?"
)


#: 总分 | 100 | 总分值 | 96.25: what was got, where the full marks stand before it
SUM_OF_SCORES = "总分值"


def total_spots(filled: list[Slot], header: Header | None, words: Vocabulary) -> dict[str, Spot]:
    """Where a total row holds the full marks ("weight"), the score and the rating: by the label in
    front of each, then by column, then by order."""
    found: dict[str, Spot] = {}
    loose: list[Spot] = []
    pending: str | None = None
    for at, slot in enumerate(filled):
        if _read_inline(slot, found, words):
            continue
        here = spot(slot)
        label = plain(slot.key)
        role = _label_role(label, words) if at else None
        if role:
            pending = "score" if label == SUM_OF_SCORES and loose else role
        elif here.points() is not None:
            role = pending or _column_role(slot, header)
            if role in ("weight", "score") and role not in found:
                found[role] = here
            else:
                loose.append(here)
            pending = None
        elif at and ticked(slot.text, 0, len(slot.text)):
            found.setdefault("rating", here)
            pending = None
        elif at and (grade := GRADED.fullmatch(slot.text.strip())) and grade["grade"] in GRADES:
            start = slot.text.index(grade["grade"], slot.text.index(grade[0]) + grade.start("grade"))
            found.setdefault("rating", spot(slot, start, start + len(grade["grade"])))
            pending = None
    _by_order(loose, found)
    return found


def _label_role(label: str, words: Vocabulary) -> str | None:
    for word, role in (("rating", "rating"), ("score", "score"), ("full", "weight")):
        if words.is_word(word, label):
            return role
    return None


def _read_inline(slot: Slot, found: dict[str, Spot], words: Vocabulary) -> bool:
    """A label with its figure in one cell."""
    full = FULL.search(slot.text)
    if full and words.is_word("total", plain(slot.key)):
        found.setdefault("weight", spot(slot, *full.span("value")))
        return True
    match = INLINE.match(slot.text)
    if match is None:
        return False
    here = spot(slot, *match.span("value"))
    label = fold(match["label"])
    if words.is_word("rating", label) or fold(match["value"]) in GRADES:
        found.setdefault("rating", here)
        return True
    if here.points() is None:
        return False
    found.setdefault("weight" if words.is_word("full", label) else "score", here)
    return True


def _by_order(loose: list[Spot], found: dict[str, Spot]) -> None:
    """Figures without label or column: full marks come before the score."""
    for here in loose:
        reading = here.points()
        value = reading.quantity.value if reading else Decimal(0)
        score = found["score"].points() if "score" in found else None
        if "weight" not in found and (score is not None or (value == 100 and len(loose) > 1)):
            if score is None or value >= score.quantity.value:
                found["weight"] = here
        elif "score" not in found:
            found["score"] = here


def _column_role(slot: Slot, header: Header | None) -> str | None:
    """The role of the column that a cell stands under, None where it covers several."""
    if header is None:
        return None
    roles = {c.role for c in header.columns if c.first <= slot.last_col and c.last >= slot.col}
    if len(roles) == 1:
        role = roles.pop()
        return {"item_score": "score"}.get(role, role)
    return None
