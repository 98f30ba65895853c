"""What figures prove of each other: an amount that was planned, one that was spent of it, and the rate that the
two give. The arithmetic tells which is which, whatever the words are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.figures.disowned import APART
from extractors.figures.quantities import Found, find_quantities
from extractors.figures.setting import Decision
from schema.quantity import fits
from schema.report import Stage

#: what ends that which is told of one thing; 报账580万元；执行率97.36% goes on behind the semicolon
ENDS = re.compile(r"[。！？\n]|[；;](?!\s?(?:预算|资金)?(?:执行|支付|支出|使用|兑付|完成)(?:率|进度))")
#: an increase and the amount it is an increase of give a rate too: 去年核拨1,340万元，少了61万元（4.55%）
MOVED = re.compile(
    r"(?:[增减降涨跌]|(?<!提)升|回落|缩[减小]|[多少](?:支|付|花|了|出)|扩大|同比|相比|[相之]差|差[额距]|占比|比重|超支|幅度?)[^，。；]{0,5}$"
)
#: 完成率83.1%，未达到90%: what a rate was to be
WANTED = re.compile(r"(?:[未没][有能]?达到?|达不到|[高低]于|目标值?(?:为|是)?)\s?\Z")
#: what was planned, what was spent, at what rate
CONCEPTS = ("project.budget", "project.spending", "project.rate")
#: how sure a proof makes
SURE = 0.9

#: a figure's block and where it starts
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """A paragraph whose amounts and percentages are found, with the heading above it."""

    block: int
    text: str
    figures: tuple[Found, ...]
    head: str = ""

    def end(self, at: int) -> int:
        """Where the sentence, or its part up to a semicolon, ends that holds a place."""
        mark = ENDS.search(self.text, at)
        return mark.start() if mark else len(self.text)

    def start(self, at: int) -> int:
        """Where it begins."""
        return max((mark.end() for mark in ENDS.finditer(self.text, 0, at)), default=0)

    def sentences(self) -> Iterator[Passage]:
        """The sentences, or their parts up to a semicolon, that hold figures."""
        for start in dict.fromkeys(self.start(figure.start) for figure in self.figures):
            end = self.end(start)
            yield Passage(self, start, end, tuple(f for f in self.figures if start <= f.start < end))


#: 概算由省局核定为1,186.00万元 · 开工以来两年合计支出1,044.72万元: of all years of a project, and their rate is no year's
OF_ALL_YEARS = re.compile(
    r"(?:概算|估算)[^，。；：\d]{0,12}$|(?:以来|两年|三年|历年|各年)[^，。；\d]{0,6}(?:累计|合计|共计?)[^，。；\d]{0,6}$"
)


def page_of(block: int, text: str, head: str = "") -> Page:
    """A paragraph with its figures that may be planned, spent or a rate of the year."""
    found = (f for f in find_quantities(text) if f.kind in ("money", "percent"))
    told = (f for f in found if f.quantity and f.value > 0 and not f.upper and f.unit != "个百分点")
    # 单灯年均维护费用不超过165元 is any amount below
    figures = tuple(f for f in told if not f.bound and not OF_ALL_YEARS.search(text[: f.start]))
    return Page(block, text, figures, head.strip(" 。：:“”"))


@dataclass(frozen=True, slots=True)
class Passage:
    """What is told of one thing: page.text[start:end], with its figures."""

    page: Page
    start: int
    end: int
    figures: tuple[Found, ...]

    @property
    def amounts(self) -> list[Found]:
        return [f for f in self.figures if f.kind == "money"]

    @property
    def rates(self) -> list[Found]:
        """The percentages by which nothing is said to have grown, and that were not to be reached."""
        percents = [f for f in self.figures if f.kind == "percent" and not self.moved(f)]
        return [f for f in percents if not WANTED.search(self.page.text, self.start, f.start)]

    def moved(self, figure: Found) -> bool:
        """Whether the words between the amount before a figure and the figure speak of a change."""
        said = self.page.text[max(self.start, figure.start - 8) : figure.start]
        return bool(figure.direction or MOVED.search(said))

    def before(self, figure: Found) -> list[Found]:
        """The amounts before a figure, the nearest first, then the first of all."""
        amounts = [amount for amount in reversed(self.amounts) if amount.start < figure.start]
        return [one for one in (*amounts[:3], *amounts[3:][-1:]) if not self.moved(one)]

    def holds(self, place: Place) -> bool:
        return self.page.block == place[0] and self.start <= place[1] < self.end


@dataclass(frozen=True, slots=True)
class Proof:
    """What was planned, what was spent of it, and the rate that the two give, each with where it stands."""

    planned: tuple[Page, Found]
    spent: tuple[Page, Found]
    rate: tuple[Page, Found]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple((page.block, figure.start) for page, figure in (self.planned, self.spent, self.rate))


def agree(planned: Found, spent: Found, rate: Found) -> bool:
    """Whether a rate is that of what was spent to what was planned."""
    if planned.quantity is None or spent.quantity is None or rate.quantity is None:
        return False
    return fits(rate.quantity.interval, spent.quantity.interval, planned.quantity.interval)


def _another(decision: Decision, project: str, own: str) -> bool:
    """Whether what is proved of the whole was said of another project by name."""
    named = (decision.concept or "").startswith("project.")
    return named and project == own != decision.subject


def _as_proved(
    decision: Decision, concept: str, project: str, proof: Proof | None, period: int | None
) -> Decision:
    """A figure as what it is proved to be."""
    adjusted = proof and "调整后" in proof.planned[0].head and "调整后" not in proof.spent[0].head
    stage = None if concept != CONCEPTS[0] else "adjusted" if adjusted else decision.stage
    return decision.proved(concept, project, period=period, stage=stage, malformed=False, confidence=SURE)


@dataclass
class Proved:
    """What a document's figures prove: of which project each is, and which passages tell of its parts."""

    own: str
    year: int | None
    of: dict[Place, tuple[str, str, Proof | None]] = field(default_factory=dict)  # concept, project, proof
    told: list[tuple[Passage, str]] = field(default_factory=list)
    siblings: set[str] = field(default_factory=set)  # parts told beside proved ones
    details: set[Place] = field(default_factory=set)  # of rows that add up to what is proved
    #: of the whole's budgets, of which one became the other
    stages: dict[Place, Stage] = field(default_factory=dict)

    def add(self, project: str, proof: Proof) -> None:
        """Notes a proof of a project's figures; one that is proved already stays what it is."""
        for place, concept in zip(proof.places, CONCEPTS, strict=True):
            self.of.setdefault(place, (concept, project, proof))

    def add_sibling(self, name: str, told: Sequence[Passage]) -> None:
        """Notes a part of which the budget alone stands in the list of those that are proved."""
        self.of.setdefault((told[0].page.block, told[0].amounts[0].start), (CONCEPTS[0], name, None))
        self.told.extend((passage, name) for passage in told)
        self.siblings.add(name)

    def part(self, place: Place) -> str | None:
        """The part that a place tells of."""
        return next((name for passage, name in self.told if passage.holds(place)), None)

    def revised(self, decisions: Sequence[Decision], block: int) -> Iterator[Decision]:
        """The decisions of a sentence: what is proved, and nothing of the whole where a part is told of."""
        #: of the first of the figures that a proof has in the sentence
        periods: dict[Proof | None, int | None] = {}
        for decision in decisions:
            place = block, decision.figure.start
            if place in self.stages and not _another(decision, self.own, self.own):
                period = decision.period or self.year
                stage = self.stages[place]
                yield replace(_as_proved(decision, CONCEPTS[0], self.own, None, period), stage=stage)
            elif (
                place in self.of
                and decision.reason not in APART
                and not _another(decision, self.of[place][1], self.own)
            ):
                concept, project, proof = self.of[place]
                period = periods.setdefault(proof, decision.period or self.year)
                yield _as_proved(decision, concept, project, proof, period)
            elif place in self.details and decision.subject == self.own:
                yield replace(decision, concept=None, stage=None, reason="项目的明细")
            elif (decision.concept or "").startswith("project.") and (part := self.part(place)):
                if part in self.siblings or decision.subject == part:
                    yield replace(decision, subject=part)
                else:
                    yield replace(decision, concept=None, stage=None, reason="项目的明细")
            else:
                yield decision
