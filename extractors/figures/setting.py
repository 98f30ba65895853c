"""What surrounds a figure, and what is decided of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from extractors.figures.names import KIND_OF_PROJECT, Names, candidate, shortens
from extractors.figures.quantities import Found
from extractors.figures.segments import Segment, Talk, Topic, tagged
from extractors.language import Token
from schema.quantity import Quantity
from schema.report import Role, Stage

#: 工程款、监理费、设计费等共4,162.50万元: the clause names the last of several, not what the amount is of
LAST_OF = re.compile(
    r"等(?:各项|项目)?(?:费用|支出|款项|开支|资金)?(?:合计|共计?|总计|累计|计)?[为约达]?\s?$"
)


#: （三）年际变化 · （四）比较 · 与上年对比情况
BETWEEN_YEARS = re.compile(
    r"^(?:支出|收支|收入|经费|决算|三公经费)?(?:增减|变化|变动|对比|比较|同比|纵向比较)(?:变化|变动)?(?:情况)?(?:分析|说明)?$"
    r"|年际|(?:与|同|较|比|跟|和)(?:上年|去年|上一年|20\d\d年)|两年(?:间|支出|收支)?(?:对比|比较|变化)|年度(?:之?间)(?:的)?(?:对比|比较|变化|变动|增减)"
)


#: （二）项目过程情况（30分） · （三）项目产出（满分30分） · （一）决策（20分，失3分）
MARKS = re.compile(r"[（(](?:满分|分值|权重|共)?[为是：:]?\s?(\d{1,3}(?:\.\d)?)\s?分[）)，,；]")


@dataclass(slots=True)
class Setting:
    """What holds for a whole paragraph: the year, the section's role and topic, the names, the unit."""

    fiscal_year: int | None
    names: Names
    role: Role | None = None
    headings: tuple[str, ...] = ()
    topic: Topic | None = None
    unit: str = ""
    #: what a project report is about: its project, without a name where it gives none
    single: Topic | None = None
    #: what the paragraph before spoke of, for 较上年… at the start of this one
    before: Topic | None = None
    before_aspect: str | None = None
    #: the stage of the last budget of the whole in the paragraph before, for 其中，基本支出预算… in this one
    before_stage: Stage | None = None
    #: that project is one of the department's, with which the paragraph or an item of it begins
    anchored: bool = False
    #: 去年 is the report's own year, not the one before it
    looks_back: bool = False
    #: the heading speaks of projects: 重点项目执行情况
    listed: bool = False
    #: the group of a score sheet that the heading names: （二）项目过程情况
    group: str | None = None
    #: where the paragraph's scores of groups stand, each with its group
    groups: dict[int, str] = field(default_factory=dict)
    #: it is on one group of a score sheet, whose score those places hold: other points are its indicators'
    on_one_group: bool = False
    #: the report is on several projects: 两个项目支出共计… is neither one's nor the department's
    several: bool = False
    #: the aspect of a list of projects that this paragraph is an item of
    listing: str | None = None
    #: the words of the last bracket that held no figure: 项目支出（业务费支出）3.92万元
    apposed: list[Token] = field(default_factory=list)
    #: what such a bracket said that the whole of the projects is
    aliases: list[str] = field(default_factory=list)

    @property
    def compares(self) -> bool:
        """Whether the heading says that the paragraph compares with last year: （三）年际变化."""
        return bool(self.headings and BETWEEN_YEARS.search(self.headings[-1].strip(" 。：:")))

    @property
    def group_full(self) -> Decimal | None:
        """The full marks that the heading of a group states: （二）项目过程情况（30分）."""
        said = MARKS.search(self.headings[-1]) if self.group and self.headings else None
        return Decimal(said[1]) if said else None

    @property
    def own(self) -> Topic | None:
        """What a project's report is about as a whole; None where the paragraph is about one of several."""
        return None if self.anchored else self.single

    @property
    def own_name(self) -> str | None:
        """What that project is called."""
        return self.own.name if self.own else None

    def calls(self, name: str) -> bool:
        """Whether words call a report's one project by another name: 送戏下乡项目."""
        own = None if self.several else self.own_name
        if own is None or name == own:
            return False
        core = KIND_OF_PROJECT.sub("", name)  # 产业项目, of 衔接推进乡村振兴补助资金产业发展项目
        kind = name.endswith(("项目", "工程")) and not re.search("[、及和与]", own)
        return shortens(name, own) or (kind and 2 <= len(core) < 4 and core in own)

    @property
    def one_of_several(self) -> str | None:
        """The project that a part of a report on several is about, whose score and grade are its own."""
        return self.single.name if self.several and self.single else None

    @property
    def summed(self) -> bool:
        """Whether what the paragraph sums up is several projects: in a report on them, behind a list of them."""
        return self.anchored or (self.several and self.single is None)

    @property
    def anchor(self) -> str | None:
        """The name with which the paragraph begins, where it is about one of several projects."""
        return self.single.name if self.anchored and self.single else None


@dataclass(frozen=True, slots=True)
class Decision:
    """A figure with its concept, or with the reason why it is none; neither: unexplained."""

    figure: Found
    concept: str | None = None
    quantity: Quantity | None = None
    subject: str | None = None
    period: int | None = None
    stage: Stage | None = None
    reason: str = ""
    malformed: bool = False
    confidence: float = 0.97
    assumed: bool = False  # the clause does not say whether it is planned or spent
    about: str | None = None  # the project that the figure is of, should it be a project's
    anchor: str | None = None  # the project that its paragraph, or the item of it, is about
    called: str | None = None  # what its sentence calls the one project of a project's report

    @property
    def of_projects(self) -> bool:
        """Whether the figure is of a department's projects together."""
        return self.concept in ("budget.project", "spending.project", "rate.project")

    def proved(self, concept: str, subject: str | None, **more: Any) -> Decision:
        """The figure as something else than the words of its clause proves it to be."""
        known = {"quantity": self.figure.quantity, "reason": "", "assumed": False, **more}
        return replace(self, concept=concept, subject=subject, **known)


@dataclass(frozen=True)
class Scene:
    """One figure with all that was said before it in its sentence."""

    figure: Found
    segment: Segment
    talk: Talk
    setting: Setting
    source: str
    ahead: Sequence[Token]
    period: int | None
    prior: bool = False  # the clause itself says that the figure is last year's

    @property
    def text(self) -> str:
        return self.source[self.figure.start : self.figure.end]

    @property
    def labels(self) -> list[Token]:
        """The tokens of the figure's own clause; where that says nothing, those before it."""
        near = [t for t in self.segment.near if t.tags and not all(tag.startswith("fill") for tag in t.tags)]
        return self.segment.near if near or self.name else self.segment.all

    @property
    def name(self) -> str:
        """Words of the figure's own clause that no label explains: a name, or someone else's business."""
        last = LAST_OF.search(self.source[max(0, self.figure.start - 30) : self.figure.start])
        near = self.segment.near
        return "" if last else candidate(near[self.setting.names.led_by_own(near) :], self.source)

    @property
    def clause(self) -> str:
        """The characters of the figure's own clause before it."""
        near = self.segment.near
        return self.source[near[0].start : self.figure.start] if near else ""

    @property
    def spoken(self) -> str:
        """The words of the figure's own clause, without what stands between them."""
        return "".join(token.text for token in self.segment.near)

    @property
    def heard(self) -> str:
        """All words since the last figure."""
        return "".join(token.text for token in self.segment.all)

    @property
    def sentence(self) -> str:
        """The characters before the figure since the last full stop."""
        return self.source[: self.figure.start].rpartition("。")[2]

    @property
    def after(self) -> str:
        """The characters right after the figure."""
        return self.source[self.figure.end : self.figure.end + 8]

    @property
    def before(self) -> str:
        return self.source[max(0, self.figure.start - 12) : self.figure.start]

    @property
    def row(self) -> int:
        """How many figures of its kind stand in a row from here: 98.14%、98.57%、95.16%."""
        count = 1
        for token in self.ahead:
            if token.figure is not None:
                bare = token.figure.kind == "number" and not token.figure.unit  # 97.8、98.5、95分
                count += bare or token.figure.kind == self.figure.kind
            elif token.text not in "、，,和与及":
                break
        return count

    @property
    def unit_ahead(self) -> Found | None:
        """The next figure, where only 、 or 和 stands between: it lends its unit to a bare number."""
        if (
            self.figure.unit
            or not self.ahead
            or self.ahead[0].text not in ("、", "和", "与", "，", "及", "/")
        ):
            return None
        nearest = next((t.figure for t in self.ahead if t.figure), None)
        only = all(
            t.figure or t.text in "、和与，及/"
            for t in self.ahead[
                : 1 + next((i for i, t in enumerate(self.ahead) if t.figure and t.figure.unit), 0)
            ]
        )
        lender = next((t.figure for t in self.ahead if t.figure and t.figure.unit), None)
        return lender if nearest and only and lender else None

    def none(self, reason: str) -> Decision:
        return Decision(self.figure, reason=reason)


def topic_of_heading(tokens: Sequence[Token]) -> Topic | None:
    """What a heading says that its paragraphs are of: 基本支出情况 -> basic."""
    topics = [key for _, key in tagged(tokens, "topic") if key not in ("category", "total")]
    return Topic(topics[0]) if len(set(topics)) == 1 else None


#: what follows the word that a sentence defines, and how such a sentence ends
DEFINES = re.compile(r"[，,]?(?:主要)?(?:系|是指|指|是为|是用于|用于|是单位|反映|保障)")
DEFINED = re.compile(
    r"的[^，。；]{0,8}(?:支出|经费|费用|开支|资金)(?:，[^。；]*(?:包括|包含|含|分为)[^。；]*)?[。；]?\s*$"
)


#: 执法车辆较多，三公经费主要是车辆支出。
PUBLIC_IS = re.compile(
    r"三公[”\"]?经费(?:支出)?(?:主要|全部|基本|大多|几乎|[都均全])+(?:是|为|用于|发生在|集中在)[^。；]*[。；]?\s*$"
)


def topic_defined(tokens: Sequence[Token], text: str) -> Topic | None:
    """What a sentence without figures defines and the next ones speak of: 基本支出系保障机构运转而发生的支出。"""
    topics = [
        (token, key)
        for token, key in tagged(tokens[:4], "topic")
        if key in ("basic", "project", "three_public")
    ]
    if PUBLIC_IS.search(text):
        return Topic("three_public")
    if not topics or not DEFINES.match(text, topics[0][0].end - tokens[0].start) or not DEFINED.search(text):
        return None
    return Topic(topics[0][1])
