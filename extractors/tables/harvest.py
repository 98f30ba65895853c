"""What the readers of one document's tables gather on their way, and how they name places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.context import Context
from extractors.figures.projects import own_project
from extractors.figures.quantities import find_quantities
from extractors.tables.cells import NotAFigure, Reading, read_points
from extractors.tables.grid import Grid, Slot, fold
from schema.report import Evidence, Fact, Remark, Stage

if TYPE_CHECKING:
    from extractors.tables.totals import Spot

GRADES = {
    "优": "优", "优秀": "优", "良": "良", "良好": "良", "中": "中", "中等": "中", "一般": "中", "合格": "中",
    "低": "低", "差": "差", "较差": "差", "不合格": "差",
}  # fmt: skip
#: a value, not a sentence
SHORT = 20
RATING = re.compile(r"优秀?|良好?|中等?|一般|不?合格|较?差|低")
#: 优☑ 良□ 中□ · □优 ☑良 □中: boxes behind or before the grades, one of them ticked
BOXES = re.compile(
    rf"(?P<grade>{RATING.pattern})|(?P<tick>[☑√✓✔■☒●]|[（(]\s*[√✓✔]\s*[）)])|[□☐○◻]|[（(]\s*[）)]"
)
#: 优（优：90分及以上；良：80—90分…）: the grade, and the scale that it is of
SCALED = re.compile(
    r"\s*(?P<grade>优秀?|良好?|中等?|合格|低|较?差)\s*[（(](?=[^（()）]*\d)[^（()）]*[优良中差]"
)
#: 220 8, but not 12 345: a gap in recognised print that groups no thousands
GAP = re.compile(r"\d[ \u3000\xa0]+(?!\d{3}(?!\d))\d")


def clean(text: str) -> str:
    """A cell's text as one line: white space that only wraps it goes, the rest stays as written.

    >>> clean("培训\\n期数 ")
    '培训期数'
    """
    return re.sub(
        r"(?<=[\x21-\x7e])[ \t]+(?=[\x21-\x7e])",
        " ",
        re.sub(r"[\n\r\u3000\xa0]+|(?<![\x21-\x7e])[ \t]+|[ \t]+(?![\x21-\x7e])", "", text),
    ).strip()


def ticked(text: str, start: int, end: int) -> re.Match[str] | None:
    """The one grade of several whose box is ticked; None where no box is, or more than one.

    >>> ticked("□优 ☑良 □中", 0, 8)[0], ticked("优☑良□", 0, 4)[0], ticked("优□良□", 0, 4)
    ('良', '优', None)
    """
    marks = list(BOXES.finditer(text, start, end))
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    chosen = [
        one if one["grade"] else other
        for one, other in pairs
        if bool(one["grade"]) != bool(other["grade"]) and (one["tick"] or other["tick"])
    ]
    return chosen[0] if len(pairs) > 1 and len(marks) == 2 * len(pairs) and len(chosen) == 1 else None


@dataclass
class Harvest:
    """Facts, malformed figures and explained spans, in the order in which they were read."""

    context: Context
    facts: list[Fact] = field(default_factory=list)
    said: set[tuple[object, ...]] = field(default_factory=set)  # what the facts say, each with its place
    malformed: list[Remark] = field(default_factory=list)
    explained: list[tuple[int, int, int]] = field(default_factory=list)
    shortened: set[int] = field(default_factory=set)  # blocks of amounts that lost a decimal in a scan

    @cached_property
    def own_project(self) -> str:
        """The one project that the document is about, "" where it is about none or several."""
        return own_project(self.context, ())

    def evidence(self, slot: Slot, start: int = 0, end: int | None = None) -> Evidence:
        return self.context.evidence(slot.block, start, len(slot.text) if end is None else end)

    def explain(self, slot: Slot) -> None:
        """The cell's figures are known for what they are and give no fact of their own."""
        if slot.text:
            self.explained.append((slot.block, 0, len(slot.text)))

    def explain_rows(self, grid: Grid, first: int = 0, end: int | None = None) -> None:
        """Every cell that starts in these rows, to the table's last by default, is known for what it is."""
        for row in range(first, grid.rows if end is None else end):
            for slot in grid.starting(row):
                self.explain(slot)

    def read(self, slot: Slot | None, reader: Callable[[Slot], Reading | None]) -> Reading | None:
        """The figure in a cell; one that cannot be read is remembered as malformed, once."""
        if slot is None or slot.empty:
            return None
        recognised = bool(self.context.document.blocks[slot.block].confidences)
        if recognised and (GAP.search(slot.text) or slot.block in self.shortened):
            self.explain(slot)  # the scan lost what stood in the gap: neither a fact nor the author's slip
            return None
        try:
            return reader(slot)
        except NotAFigure:
            self._refuse(slot, 0, len(slot.text))
            return None

    def _refuse(self, slot: Slot, start: int, end: int) -> None:
        place = self.evidence(slot, start, end)
        if all(place != remark.evidence for remark in self.malformed):
            self.malformed.append(Remark("malformed", place, where="table", sentence=(0, len(slot.text))))

    def look_for_broken(self, slot: Slot | None) -> None:
        """Remember figures that cannot be read in a short text, a target or an actual value: 9X.5%."""
        if slot is None or slot.empty or len(slot.key) > SHORT:
            return
        for found in find_quantities(slot.text):
            if found.kind == "malformed":
                self._refuse(slot, found.start, found.end)

    def points(self, slot: Slot | None) -> Decimal | None:
        reading = self.read(slot, read_points)
        return reading.quantity.value if reading else None

    def points_at(self, spot: Spot | None) -> Decimal | None:
        reading = self.read_spot(spot)
        return reading.quantity.value if reading else None

    def read_spot(self, spot: Spot | None) -> Reading | None:
        """The points at a spot; what cannot be read is remembered as malformed."""
        return self.read(spot.slot, lambda s: read_points(s, spot.start, spot.end)) if spot else None

    def add(
        self, concept: str, slot: Slot, reading: Reading, *, subject: str | None = None, period: int | None = None,
        stage: Stage | None = None, confidence: float = 0.98,
    ) -> Fact:  # fmt: skip
        """One more fact from a figure in a cell, once where two readers find the same."""
        block = self.context.document.blocks[slot.block]
        fact = Fact(
            concept, self.evidence(slot, reading.start, reading.end), reading.quantity, None, subject, period, stage,
            min(confidence, block.confidence(reading.start, reading.end)),
        )  # fmt: skip
        said = (concept, fact.evidence, subject, period, stage)
        if said not in self.said:
            self.said.add(said)
            self.facts.append(fact)
        return fact

    def add_points(
        self, concept: str, spot: Spot | None, *, subject: str | None = None, period: int | None = None
    ) -> None:
        """The points at a spot, where some stand there; all weights in percent, 100%, are none."""
        if spot and concept == "score.full" and "%" in spot.slot.text:
            return
        reading = self.read_spot(spot)
        if spot and reading:
            self.add(concept, spot.slot, reading, subject=subject, period=period)

    def add_grade(self, spot: Spot, *, subject: str | None = None, period: int | None = None) -> None:
        """A rating in a cell of its own or behind its label; other words are no rating."""
        slot = spot.slot
        scaled = SCALED.match(slot.text, spot.start, spot.end)
        end = scaled.end("grade") if scaled else spot.end
        match = ticked(slot.text, spot.start, end) or RATING.search(slot.text, spot.start, end)
        boxed = match and match.re is BOXES
        key = fold(match[0] if match and boxed else slot.text[spot.start : end])
        grade = GRADES.get(key.strip("“”\"'。")) or GRADES.get(re.sub(r"[“”\"'。等级次]|^评为", "", key))
        if match and grade:
            place = self.evidence(slot, *match.span())
            self.facts.append(Fact("rating", place, None, grade, subject, period, None, 0.95))
