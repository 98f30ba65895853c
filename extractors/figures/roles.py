"""What each figure of a sentence is: its concept, stage, period and subject, or why it is no fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from extractors.figures.anchors import (
    COSTS,
    anchor_at,
    begins_item,
    headed,
    next_alike,
    next_at,
    next_in_brackets,
    part_named,
)
from extractors.figures.bare import DECIDERS, decide_bare
from extractors.figures.called import own_called, own_quoted
from extractors.figures.changes import moved_to
from extractors.figures.disowned import (
    REASON,
    disowned,
    inside,
    of_money_beside,
    of_sisters,
    of_unit_headed,
    of_unit_listed,
)
from extractors.figures.establishment import Passage, passage_of
from extractors.figures.names import UNNAMED, candidate
from extractors.figures.parts import whole_of, within
from extractors.figures.periods import period_of
from extractors.figures.planned import (
    with_added_apart,
    with_adjusted_beside,
    with_adjusted_then,
    with_adjusted_to,
    with_arrived_as_planned,
    with_initial_first,
    with_planned_first,
    with_stage_behind,
    with_stage_bracketed,
)
from extractors.figures.segments import CLAUSE_ENDS, Segment, Talk, Topic, has, tagged
from extractors.figures.setting import Decision, Scene, Setting
from extractors.figures.staffing import with_establishment, with_others_apart, with_pairs
from extractors.figures.topics import MONEY_ROLES
from extractors.figures.traits import WEIGHED
from extractors.figures.turns import (
    APPLIED_FOR,
    APPROVED,
    COUNTED,
    EACH_OF,
    IN_PARTS,
    INLINE,
    LARGER,
    MOVES_TOO,
    PARTED,
    PHASE,
    PUBLIC,
    USED,
    WHOLE_AGAIN,
    YEARS_SPENDING,
    led_within,
    lists_parts,
    of_units,
    within_projects,
    within_year,
)
from extractors.language import Token
from schema.report import Stage

#: 支出2,046.50万元, as a sentence begins
PAID_NEXT = re.compile(
    r"\s*(?:全年|当年|年内|实际|累计|共|已)*(?:支出|支付|使用|执行|列支)(?:资金)?(?:为|了)?\s?\d"
)
#: 与上年支出95万元相比
WITH_LAST_YEAR = re.compile(r"\s*(?:总体|整体)?[与较比同和](?:上一?年度?|去年|20\d\d年)")
#: 经年中人员经费调整，全年预算为…: the year's budget is not of what was adjusted
ADJUSTED = re.compile(r"(?:追加|调整|调剂|调增|调减|核增|核减)[后，]+$")
#: with what a word begins that ends in 在内的
INCLUDED = frozenset(("含", "包含", "包括", "连", "连同", "加上"))
PUBLIC_WHOLE = Topic("three_public")
#: the whole that a paragraph is about which begins with such a fact
WHOLES = {
    "spending.total": Topic("total"), "budget.total": Topic("total"), "income.total": Topic("income"),
    "three_public.spending": PUBLIC_WHOLE, "three_public.budget": PUBLIC_WHOLE,
}  # fmt: skip


@dataclass
class Listener:
    """Hears one paragraph, sentence after sentence, and gives a decision for each figure."""

    setting: Setting
    source: str
    talk: Talk = field(default_factory=Talk)
    segment: Segment = field(default_factory=Segment)
    stack: list[tuple[Talk, Segment, int, bool]] = field(default_factory=list)  # of open brackets
    heard: int = 0  # figures so far
    inline: bool = False  # a list of projects began within the sentence
    base: tuple[Topic | None, Topic | None] | None = None  # the setting's own topics under an anchor
    rated: bool = False  # the sentence before ended in the rate of the whole
    current: bool = False  # its first figure is this year's
    part: str | None = None  # the part of a project's own report that the sentence speaks of
    aside: bool = False  # that part was named in a bracket
    called: str | None = None  # what the paragraph calls the project of such a report
    first: Topic | None = None  # what the paragraph's first sentence is about as a whole
    planned: Topic | None = None  # the project of which the sentence before told last what was planned
    opened: Topic | None = None  # the whole that the paragraph's first fact is of

    def __post_init__(self) -> None:
        self.talk.topic = self.talk.head = self.setting.topic
        self.talk.before, self.talk.before_aspect = self.setting.before, self.setting.before_aspect
        if self.setting.listing:
            self._list()

    @cached_property
    def passage(self) -> Passage:
        """What the paragraph says of posts and people."""
        if self.disowned == ((0, len(self.source)),):
            return Passage()
        return passage_of(self.source, self.setting.names.department)

    @cached_property
    def disowned(self) -> tuple[tuple[int, int], ...]:
        """Where the paragraph's figures are not the report's."""
        heading = self.setting.headings[-1] if self.setting.headings else ""
        beside = self.setting.own is not None and of_money_beside(self.source, heading)
        if heading and (
            beside or of_unit_listed(self.source, heading) or of_unit_headed(self.setting.headings)
        ):
            return ((0, len(self.source)),)
        own = self.setting.own_name
        sisters = of_sisters(self.source, own) if own else ()
        return (*disowned(self.source, self.setting.names.department), *sisters)

    def anchor(self, at: int, inline: bool = False, parted: bool = False) -> None:
        """From here on the paragraph is about the project that the next words name, where they do."""
        setting = self.setting
        begins = begins_item(self.source, at) or PUBLIC.match(self.source, at) is not None
        moves = inline or parted or begins
        if setting.anchored and not moves:
            turned = next_at(self.source, at, setting.names)
            if turned is None or turned == (setting.single and setting.single.name):
                return
            inline = True
        own = (setting.own.name or "项目") if setting.own else ""
        listed = bool(setting.listed or setting.anchored or setting.listing or setting.role in MONEY_ROLES)
        name = anchor_at(self.source, at, setting.names, listed, own, inline)
        if name is None and self.base is not None and begins:
            setting.single, setting.topic = self.base  # an item that names no project ends the one before
            setting.anchored, self.base = False, None
            all_of = Topic("project")
            self.talk = Talk(topic=all_of, head=all_of, among=True, aspect="spending", head_aspect="spending")
        if name is not None:
            if not setting.anchored:
                self.base = setting.single, setting.topic
            setting.single = setting.topic = Topic("item", name)
            listing = setting.listing
            setting.anchored, setting.listing = True, None
            self.talk = Talk(topic=setting.topic, head=setting.topic, aspect=listing, head_aspect=listing)

    def _list(self) -> None:
        """An item of a list of projects that began in a paragraph before."""
        self.talk.head = self.talk.topic = Topic("project")
        self.talk.among, self.talk.aspect = True, self.setting.listing
        self.talk.head_aspect = self.setting.listing

    def sentence(self, tokens: Sequence[Token]) -> list[Decision]:
        """The decisions for the figures of one sentence, in order."""
        self._begin(tokens)
        decisions: list[Decision] = []
        for at, token in enumerate(tokens):
            if token.figure is not None:
                decisions.append(self._decide(token, tokens, at))
            elif token.text == "（":
                before = self.talk.copy(), self.segment.copy(), self.heard, self.setting.anchored
                self.stack.append(before)
                self.talk.adding = self.talk.added and not self.segment.all
                if not self.segment.all and self.talk.series:
                    self._among(beside=True)
                self.segment.turn()
            elif token.text == "）" and self.stack:
                self._close()
                if self.setting.anchored and next_in_brackets(self.source, token.end):
                    self.anchor(token.end + 1, True)  # 甲项目（预算80万元，支出79万元）、乙项目（预算…）
            elif token.text in CLAUSE_ENDS:
                self._mark(token, tokens[at + 1] if at + 1 < len(tokens) else None)
            else:
                if has([token], "topic.basic", "topic.project") and self.source[: token.start].endswith(
                    "元用于"
                ):
                    continue  # 追加614,200元用于项目、52,340.20元用于基本支出，调整后预算…: what was added to
                if has([token], "stage.adjusted") and ADJUSTED.search(self.source[: token.start]):
                    self.segment.drop("topic.personnel", "topic.operating")
                self.segment.hear(token)
                if token.text == "内" and self.source.startswith("的", token.end):
                    self.segment.leave(INCLUDED)  # 含上年结转和年中追加在内的全年预算为…
                changed = has(self.segment.near, "aspect", "turn.change")
                if token.text == "后" and (changed or APPROVED.search(self.source[: token.start])):
                    self.segment.turn()  # 上级专款下达后全年预算…: what came before is said
        whole = None if self.talk.among else whole_of(self.talk.series)
        self.first = self.first or whole or self.talk.head or self.talk.topic
        self.rated = bool(decisions) and decisions[-1].concept == "rate.total"
        self.current = bool(decisions) and decisions[0].period == self.setting.fiscal_year
        facts = (decision.concept for decision in decisions if decision.concept)
        self.opened = self.opened or WHOLES.get(next(facts, ""))
        last = next((one for one in reversed(decisions) if one.concept), None)
        planned = last if last and last.concept == "project.budget" and last.subject else None
        self.planned = Topic("item", planned.subject) if planned and self.setting.single is None else None
        decisions = with_establishment(decisions, self.passage, self.setting.fiscal_year)
        decisions = with_pairs(with_others_apart(decisions), self.source)
        decisions = with_planned_first(with_initial_first(decisions, self.source), self.source)
        decisions = with_adjusted_beside(with_arrived_as_planned(decisions, self.source), self.source)
        decisions = with_stage_behind(with_added_apart(decisions), self.source)
        decisions = with_stage_bracketed(decisions, self.source)
        decisions = with_adjusted_then(with_adjusted_to(decisions, self.source), self.source)
        return [self._ours(one) for one in decisions]

    def _ours(self, decision: Decision) -> Decision:
        """A decision, undone where the sentence says that the figure is not the report's."""
        at = decision.figure.start
        others = inside(self.disowned, at) and at not in self.setting.groups
        return Decision(decision.figure, reason=REASON) if others else decision

    def _begin(self, tokens: Sequence[Token]) -> None:
        talk = self.talk
        goes_on = has(tokens[:2], "turn.among") or tokens[0].text.startswith(
            ("其", "两项", "三项", "两块", "三块", "分别", "两者", "三者", "上述三项")
        )
        if not goes_on:
            whole = talk.head if talk.among else whole_of(talk.series)
            public = whole if whole == Topic("three_public") else None
            single = len(talk.series) == 1
            listed = talk.series and talk.series[-1][0].key == "item"
            own = PUBLIC_WHOLE if self.opened == PUBLIC_WHOLE else self.setting.topic
            self.talk = Talk(
                topic=talk.topic if single or listed else (public or own or None),
                head=talk.head if listed else own,
                aspect=talk.aspect if listed or not self.heard else None,
                before=(talk.head if talk.among else whole_of(talk.series))
                or (talk.head if len(talk.series) != 1 else talk.topic)
                or talk.topic
                or talk.before,
                before_aspect=talk.aspect_before,
                kind=talk.kind,
                percent="rate" if self._rates_go_on(tokens[0].start) else None,
            )
            if own and not listed and not single:
                self.talk.topic = own
            if self.planned and PAID_NEXT.match(self.source, tokens[0].start):
                # 甲工程全年预算2,200万元，其中…。支出2,046.50万元
                self.talk.topic = self.talk.head = self.planned
            if self._compares_whole(talk, tokens):
                self.talk.before, self.talk.before_aspect = self.opened, "spending"
            if self.setting.listing:
                self._list()
        if goes_on and (talk.shifted or (talk.prior and self.current)):
            # 上年支出2.11万元，同比下降10.4%。其中… · 支出39万元，低于上一年的42万元。其中…: this year's parts
            talk.period, talk.prior = None, False
        if goes_on and not self.heard:
            self.talk.total_stage = self.setting.before_stage
        moves_on = (
            goes_on and bool(talk.shifted) and tokens[0].text == "其中"
        )  # 比上年增加9万元。其中基本支出平稳，多2万元
        self.talk.compare = self.talk.compared = self.setting.compares or moves_on
        self.talk.moved = self.talk.earlier = False
        self.talk.queue, self.talk.adding, self.inline = [], False, False
        self.part = None
        self.segment, self.stack = Segment(), []

    def _compares_whole(self, talk: Talk, tokens: Sequence[Token]) -> bool:
        """Whether a sentence compares the paragraph's whole with last year, behind what a part of it is divided into:
        全年支出100万元，…；基本支出包括人员经费60万元、公用经费10万元。与上年支出95万元相比，增加5万元."""
        part = talk.head
        divided = talk.among and part is not None and not any(topic == part for topic, _ in talk.series)
        inside = part and self.opened and part != self.opened and within(part.key, self.opened.key)
        return bool(divided and inside and WITH_LAST_YEAR.match(self.source, tokens[0].start))

    def _rates_go_on(self, at: int) -> bool:
        """Whether bare percentages of a sentence from `at` are rates as those before it were:
        整体执行率97.11%。基本支出99.82%、项目支出95.47%."""
        return self.rated or (self.talk.percent == "rate" and IN_PARTS.match(self.source, at) is not None)

    def close(self) -> None:
        """The paragraph ends: what it spoke of is what stands before the next one."""
        talk = self.talk
        whole = talk.head if talk.among or len(talk.series) != 1 else talk.topic
        talk.before = self.first or whole or talk.topic or talk.before
        talk.before_aspect = talk.aspect_before

    def _close(self) -> None:
        """A bracket ends: figures in it leave no trace, a name in it explains what stands before."""
        talk, segment, heard, anchored = self.stack.pop()
        if self.base is not None and not anchored:
            self.setting.single, self.setting.topic = self.base  # （其中甲500万元；乙支出297万元）。整体…
            self.setting.anchored, self.base = False, None
        if self.heard > heard:
            if self.talk.prior and self.talk.kind == "money" and not segment.all:
                talk.compare = True  # 支出28.64万元（上年33.19万元），减少4.55万元
            self.talk, self.segment = talk, segment
        else:
            inner = self.segment
            self.segment = segment
            self.talk.adding, self.talk.among, self.talk.series = talk.adding, talk.among, talk.series
            self.talk.head, self.talk.head_aspect, self.talk.closed = talk.head, talk.head_aspect, talk.closed
            self.setting.apposed = inner.near or self.setting.apposed

    def _mark(self, token: Token, after: Token | None) -> None:
        if token.text in "，," and has(self.segment.near[:1], "turn.compare") and not self.segment.near[1:]:
            self.talk.compared = True  # 与上年对比，收入增加…；支出增加…
        if (
            token.text in "，,"
            and self.inline
            and (begins_item(self.source, token.end) or next_alike(self.source, token.start))
        ):
            self.anchor(token.end, True)  # 一是甲工程支出36.5万元，二是乙支出48.2万元
        if token.text in "；;":
            spent = (self.talk.shifted or ("",))[0].startswith(("spending", "project."))
            goes_on = spent and MOVES_TOO.match(self.source, token.end) is not None
            self.talk.compare = self.talk.compared or goes_on
            self.talk.foreign = False
            self.segment.parted = True
            self.talk.interim = False
            self.anchor(token.end, self.inline or self.setting.anchored, parted=True)
        listed = token.text in "：:" and INLINE.search(self.source[: token.start])
        if listed and not self._called(token.start):
            self.inline = True
            self.anchor(token.end, True)
        if token.text in "：:" and PARTED.search(self.source[: token.start]):
            self.talk.topic = Topic("project")
            self.talk.divide()
        elif token.text in "：:" and self.segment.near:
            self._announce(self.segment.near[-1])
            self._announce_percent()
            used = USED.search(self.source[: token.start]) or (
                self.talk.before == Topic("project") and LARGER.search(self.source[: token.start])
            )
            if used and not (self.talk.series or self.setting.anchored):
                self.talk.head = self.talk.topic = Topic("project")  # 专项资金364.43万元使用情况：…
                self.talk.among, self.talk.aspect, self.talk.head_aspect = True, "spending", "spending"
            self.talk.scored = self.talk.scored or has(self.segment.near, "score.total")
            if has(self.segment.near[-1:], "aspect.budget", "aspect.spending") and after and not after.figure:
                self._announce_money()  # 批复2023年预算支出：基本支出…、项目支出…
        self.segment.turn()

    def _called(self, end: int) -> bool:
        """Whether the words before a colon are the name that the paragraph is about: 2.咖啡基地项目：…"""
        name = self.setting.anchor
        return bool(name and self.source[:end].endswith(name))

    def _announce(self, label: Token) -> None:
        """编制情况：行政18名… · 执行率：整体97.15%…: the label before a colon governs the list after it."""
        kinds = [kind for _, kind in tagged([label], "staff")]
        if kinds and kinds[-1].removeprefix("mode.") in ("authorized", "actual"):
            self.talk.staff, self.talk.staff_series = kinds[-1].removeprefix("mode."), []
        elif has([label], "aspect.rate"):
            self.talk.percent = "rate"
        elif has([label], "turn.each"):
            self._announce_money()

    def _announce_percent(self) -> None:
        """预算执行率分别是：… · 支出结构：…: what the percentages after the colon are; 结转结余：年初…"""
        near, talk = self.segment.near, self.talk
        if has(near, "aspect.rate") and not has(near, "not.rate"):
            talk.percent = "rate"
        elif re.search(
            r"(?:结构|构成|占比|比重|比例)(?:情况|分别)?(?:为|是)?$", "".join(t.text for t in near)
        ):
            talk.percent = "share"
        if has(near[-1:], "topic.carry_close"):
            talk.topic = Topic("carry_close")

    def _announce_money(self) -> None:
        """对应全年预算分别为：基本支出…: what the list after the colon gives is planned or spent."""
        heard = tagged(self.segment.near, "aspect")
        kinds = [(token, kind) for token, kind in heard if kind in ("budget", "spending")]
        if kinds and not has(self.segment.near, "topic.basic", "topic.project"):
            token, kind = kinds[-1]
            self._plan(token, kind)

    def _plan(self, token: Token, kind: str = "budget") -> None:
        """The parts of the whole that follow are planned or spent, and of the stage that a word says."""
        stages = [stage for _, stage in tagged([token], "stage")]
        stage: Stage | None = None
        if stages and kind == "budget":
            stage = "initial" if stages[0] == "initial" else "adjusted"
        talk = self.talk
        talk.head = self.setting.topic or Topic("total")
        talk.head_aspect, talk.head_stage = kind, stage
        talk.aspect, talk.stage, talk.among, talk.series = kind, stage, True, []

    def _decide(self, token: Token, tokens: Sequence[Token], at: int) -> Decision:
        figure = token.figure
        assert figure is not None  # noqa: S101 (the caller looked)
        segment, talk = self.segment, self.talk
        if lists_parts(segment.all, self.source):
            self._among()
        self._within()
        if has(segment.all, "turn.compare"):
            talk.compare = True
        scene = Scene(figure, segment, talk, self.setting, self.source, tokens[at + 1 : at + 8], None)
        period, prior = period_of(scene)
        talk.interim = within_year(scene, talk.interim)
        scene = replace(scene, period=period, prior=prior)
        decider = DECIDERS.get(figure.kind)
        if inside(self.disowned, figure.start) and figure.start not in self.setting.groups:
            decision = scene.none(REASON)
            if has(segment.near, "aspect.rate"):
                talk.percent = "rate"  # 全县部门平均执行率91.36%，我局为96.1%
        elif decider is None and figure.kind == "number":
            decision = decide_bare(scene)
        elif figure.kind in WEIGHED and of_units(scene):
            decision = scene.none("其他口径")
        else:
            decision = decider(scene) if decider else Decision(figure, malformed=True)
        self._note(scene, decision)
        about = self._project_of(scene, decision)
        self._go_on(token, scene, decision)
        period = decision.period if decision.concept else period
        return replace(decision, about=about, anchor=self.setting.anchor, called=self.called, period=period)

    def _project_of(self, scene: Scene, decision: Decision) -> str | None:
        """The project that a figure is of, should it be a project's: that of its clause, of its
        sentence, of its paragraph; else what the words before it may be called."""
        names, spoken, single = self.setting.names, self.talk.topic, self.setting.single
        own = self.setting.own
        if own:
            return self._part_of(scene, own.name or "") or own.name
        if decision.figure.kind not in WEIGHED or (self.setting.several and decision.of_projects):
            return None  # nobody will ask, or of them all
        named = names.project(scene.name) if scene.name else None
        if named is None and spoken and spoken.key == "item":
            named = spoken.name
        if named is None and single is None:
            return headed(self.source, scene.figure.start, scene.name, names)
        return named or (single.name if single else None)

    def _part_of(self, scene: Scene, own: str) -> str | None:
        """The part of a project's own report that a figure is of: A包（场镇清运）2,014万元，付款1,962.87万元."""
        called = own_called(scene)
        self.called = called or self.called or own_quoted(scene)
        bracketed = bool(self.stack)
        out = self.aside and not bracketed  # （后补助86.45万元、成果转化100.00万元）…，全年预算为1,606.45万元
        again = WHOLE_AGAIN.search(scene.heard) or YEARS_SPENDING.fullmatch(scene.clause)
        if called or scene.segment.parted or out or again:
            self.part = None
        if not called and not COSTS.fullmatch(scene.name):
            named = part_named(scene.name, own, self.setting.names)
            self.part, self.aside = named or self.part, bracketed if named else self.aside
        return self.part

    def _note(self, scene: Scene, decision: Decision) -> None:
        """What a decided figure leaves in the talk for those behind it."""
        figure, segment, talk = scene.figure, self.segment, self.talk
        year = self.setting.fiscal_year
        before = year is not None and decision.period == year - 1 and bool(decision.concept)
        if scene.prior or before:
            talk.compare = talk.earlier = True  # 2023年7.2万元，2022年7.6万元，下降5.26%
        if figure.kind == "money" and APPLIED_FOR.search(scene.clause):
            talk.period, talk.prior = None, False
        self.heard += 1
        talk.counted = decision.reason == "数量" and bool(scene.name) and not tagged(segment.near, "topic")
        talk.kind = figure.kind
        if figure.kind == "money":
            talk.paid = decision.reason == "资金来源"
            talk.added = decision.reason == "增减或调整"
        if decision.concept not in ("change.amount", "change.rate"):
            talk.shifted = moved_to(scene, decision.concept)
        elif year is not None and talk.period == year - 1 and decision.period == year:
            talk.period = None  # 2022年支出52.18万元，同比减少10.82万元，低于48万元的预算
        counting = decision.reason == "数量" and figure.unit in ("项", "个")
        if counting and talk.topic == Topic("project") and EACH_OF.match(self.source[figure.end :]):
            talk.divide()  # 项目支出1,445.71万元，计有四项，分别为…
        elif counting and not talk.series:
            topics = [key for _, key in tagged(segment.all, "topic")]
            counted = has(segment.near[-1:], "fill.project") or scene.after.startswith(("项目", "个项目"))
            kind = COUNTED.sub("", scene.name)
            named = not (self.setting.names.is_own(kind) or UNNAMED.fullmatch(kind))
            opens = talk.topic == Topic("project") and scene.after.startswith(("：", ":"))
            if counted and len(kind) >= 4 and named:
                talk.lost = True  # 乡村振兴衔接资金项目6个: some of the projects
            elif topics[-1:] == ["project"] or counted or opens:
                # 项目支出192.25万元，共3个：一是…: projects follow
                talk.head, talk.among = Topic("project"), True

    def _go_on(self, token: Token, scene: Scene, decision: Decision) -> None:
        """A figure ends what was said before it; one that counts or is part of a name does not."""
        figure, segment = scene.figure, self.segment
        counted = decision.reason == "数量"
        if counted and figure.unit == "项" and figure.value == 1:
            segment.hear(token)  # 特种设备监管一项执行率: part of the name
        elif counted and figure.unit == "期" and PHASE.fullmatch(scene.text) and segment.near:
            segment.hear(token)  # 智慧应急一期项目预算286万元: part of the name
        elif figure.kind == "points" and scene.after.startswith("制"):
            segment.hear(token)  # 自评100分制下得97.6分
        elif counted and (figure.unit == "类" or scene.after.startswith(("口径", "方面", "部分", "阶段"))):
            pass  # 基本支出预算分年初、全年两个口径，分别为… · 人员、公用两类，依次是…
        elif counted and figure.unit in ("项", "个") and not has(segment.all, "aspect"):
            segment.turn()  # 项目支出共三项，分别为…: the count is no end of what was said
        else:
            # 执行中追减6.20万元后，最终预算…: what is no fact leaves the semicolon before it in force
            self.segment = Segment(parted=segment.parted and decision.concept is None)

    def _among(self, beside: bool = False) -> None:
        """其中: what follows are parts of what was spoken of; in a bracket right `beside` a figure, of that."""
        talk = self.talk
        whole = talk.head
        parts = whole is not None and bool(talk.series)
        parts = parts and all(
            whole and topic != whole and within(topic.key, whole.key) for topic, _ in talk.series
        )
        if talk.among and parts and not beside:
            return  # 其中用于…的A元，用于…的B元: the list goes on
        if talk.series and (beside or not (talk.among and talk.series[-1][0].key == "item")):
            talk.divide()
        talk.among = True

    def _within(self) -> None:
        """基本支出中，人员经费…: what follows are parts of what stands before 中."""
        heard = self.segment.all
        if has(heard, "turn.each") and candidate(self.segment.near, self.source) and not self.talk.series:
            named = [key for _, key in tagged(heard, "topic")]
            if named[:1] == ["project"]:
                self.talk.head, self.talk.among = Topic("project"), True
        self._within_projects()
        for token, after in pairwise(heard):
            if after.text == "中" and has([token], "stage") and has([token], "aspect.budget"):
                self._plan(token)  # 年初安排中，基本支出…、项目支出…
            topics = [key for _, key in tagged([token], "topic")]
            spent = has([token], "aspect.spending") and token.text != "支出" and not topics
            if after.text == "中" and spent and not self.setting.single:
                self._plan(token, "spending")  # 实际支出中，基本支出…、项目支出…
            opens = after.text == "中" or (has([after], "turn.among") and after.text != "其中")
            at = heard.index(after)
            share = has(heard[at + 1 : at + 2], "aspect.share")  # 在总支出中占71.52%: the whole of a share
            if topics and opens and not share and topics[0] != "category":
                self.talk.head = self.talk.topic = Topic(topics[0])
                self.talk.head_aspect, self.talk.head_stage = self.talk.aspect, self.talk.stage
                self.talk.series, self.talk.among = [], True
                self.segment.far = [t for t in self.segment.far if t not in heard[: at + 1]]
                self.segment.near = [t for t in self.segment.near if t not in heard[: at + 1]]
                return

    def _within_projects(self) -> None:
        """市级科技专项中，“甲”兑付… · 项目里主要有甲68万元、乙54万元: projects follow."""
        segment = self.segment
        near, led = led_within(segment.near, self.source), within_projects(segment.far[-1:], self.source)
        if near or led:
            self.talk.head, self.talk.series, self.talk.among = Topic("project"), [], True
            self.talk.topic = self.talk.head
            segment.far, segment.near = [], segment.near[near:]
