"""What was planned and what was spent where no word of the clause tells them apart: parts whose sum says it,
amounts that were both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractors.figures.concepts import PUBLIC_ITEMS
from extractors.figures.proving.wholes import PAYERS_BEHIND
from extractors.figures.quantities import find_quantities
from extractors.figures.setting import Decision
from schema.report import Fact, Stage

#: how many facts a part may stand behind its whole, and the second part behind the first
NEAR = 4


def with_planned_parts(facts: Sequence[Fact], unsaid: frozenset[int]) -> list[Fact]:
    """预算3,480万元：基本支出3,105.60万元；项目支出374.40万元: the parts of a budget, where they add up to it
    and to nothing that was spent. `unsaid` are the places of facts whose clause says neither."""
    told = list(facts)
    spent = [fact for fact in facts if fact.concept == "spending.total"]
    for at, basic in enumerate(facts):
        if basic.concept != "spending.basic" or at not in unsaid:
            continue
        project = next(
            (i for i in range(at + 1, min(at + 1 + NEAR, len(facts)))
             if facts[i].concept == "spending.project" and i in unsaid and facts[i].period == basic.period),
            None,
        )  # fmt: skip
        whole = next(
            (f for f in reversed(facts[max(0, at - NEAR) : at]) if f.concept in ("budget.total", "spending.total")),
            None,
        )  # fmt: skip
        if project is None or whole is None or whole.concept != "budget.total":
            continue
        if _adds_up(basic, facts[project], whole) and not any(
            one.period == basic.period and _adds_up(basic, facts[project], one) for one in spent
        ):
            told[at] = replace(basic, concept="budget.basic", stage=whole.stage)
            told[project] = replace(facts[project], concept="budget.project", stage=whole.stage)
    return told


#: what a budget of the whole may be taken for
OF_A_PART = frozenset({"budget.project", "project.budget"})


def with_wholes_named(facts: Sequence[Fact]) -> list[Fact]:
    """市财政收回项目资金，…，预算调减为998.65万元，含基本支出694.15万元、项目支出304.50万元: a budget that its two parts
    right behind it make up is the whole's, whatever was named before it."""
    told = list(facts)
    for at, (whole, basic, project) in enumerate(zip(facts, facts[1:], facts[2:], strict=False)):
        alike = len({(one.evidence.block, one.period, one.stage) for one in (whole, basic, project)}) == 1
        named = (basic.concept, project.concept) == ("budget.basic", "budget.project")
        if whole.concept in OF_A_PART and named and alike and _adds_up(basic, project, whole):
            told[at] = replace(whole, concept="budget.total", subject=None)
    return told


#: 预算变为932.60万元；11月，…核减27.00万元，最终预算905.60万元
FINAL = re.compile(r"最[终后](?:全年|调整)?(?:的?预算)?(?:数|总额|确定|核定|定格)?[为是在]?\s?$")


def with_final_plans(facts: Sequence[Fact], sources: dict[int, str]) -> list[Fact]:
    """The facts without adjusted budgets that one paragraph tells before the one that it calls the final one."""
    final = {
        (fact.concept, fact.subject, fact.period, fact.evidence.block): fact
        for fact in facts
        if fact.stage == "adjusted"
        and FINAL.search(sources.get(fact.evidence.block, "")[: fact.evidence.start])
    }
    return [
        fact
        for fact in facts
        if fact.stage != "adjusted"
        or (last := final.get((fact.concept, fact.subject, fact.period, fact.evidence.block))) is None
        or fact.evidence.start >= last.evidence.start
        or fact.value == last.value
    ]


def with_first_plans(facts: Sequence[Fact]) -> list[Fact]:
    """A budget of which no stage is said, where the report says elsewhere what it was adjusted to and nowhere else
    what it was at first."""
    told = list(facts)
    for concept in ("budget.total", "budget.basic", "budget.project"):
        same = [fact for fact in facts if fact.concept == concept and fact.quantity]
        for period in {fact.period for fact in same}:
            stages = {stage: [f for f in same if (f.period, f.stage) == (period, stage)] for stage in STAGES}
            open_, adjusted = stages[None], stages["adjusted"]
            if not adjusted or stages["initial"] or len({fact.value for fact in open_}) != 1:
                continue
            if not any(_meets(fact, later) for fact in open_ for later in adjusted):
                told = [replace(f, stage="initial") if f in open_ else f for f in told]
    return told


#: 总投资395.00万元，其中中央财政资金312.00万元、县级配套83.00万元
PAYERS = re.compile(rf"{PAYERS_BEHIND}[^。；）)]*")


def with_payers_apart(facts: Sequence[Fact], sources: dict[int, str]) -> list[Fact]:
    """The facts without what one payer gave of a project's budget, told elsewhere as if it were all: 省里下达我县312.00万元."""
    shares: dict[tuple[str | None, int | None], set[Decimal]] = {}
    for fact in facts:
        text = sources.get(fact.evidence.block, "")
        told = PAYERS.match(text, fact.evidence.end) if fact.concept == "project.budget" else None
        if told:
            given = {one.value for one in find_quantities(told[0]) if one.kind == "money"}
            shares.setdefault((fact.subject, fact.period), set()).update(
                given if sum(given) == fact.number else ()
            )
    return [
        fact
        for fact in facts
        if fact.concept != "project.budget" or fact.number not in shares.get((fact.subject, fact.period), ())
    ]


def with_arrived_apart(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without what arrived, 资金到位3,133.50万元, where the report says elsewhere that it was planned."""
    planned = {
        (fact.subject, fact.period, fact.value)
        for fact in facts
        if fact.concept == "project.budget" and not _arrived_as(fact)
    }
    return [
        fact
        for fact in facts
        if not (_arrived_as(fact) and (fact.subject, fact.period, fact.value) in planned)
    ]


def _arrived_as(fact: Fact) -> bool:
    """Whether a budget is told as what arrived."""
    said = rf"到位(?:资金|金额)?[为是：:]?\s?{re.escape(fact.evidence.text)}"
    return fact.concept == "project.budget" and re.search(said, fact.evidence.context) is not None


STAGES: tuple[Stage | None, ...] = (None, "initial", "adjusted")


def _meets(one: Fact, other: Fact) -> bool:
    return bool(one.quantity and other.quantity and one.quantity.interval.meets(other.quantity.interval))


def _adds_up(one: Fact, other: Fact, whole: Fact) -> bool:
    if one.quantity is None or other.quantity is None or whole.quantity is None:
        return False
    return (one.quantity.interval + other.quantity.interval).meets(whole.quantity.interval)


#: 批复我局当年预算, before an amount
GRANTED = re.compile(r"(?:批复|核定|核批|下达|通过|批准|安排)(?:[^。；\d]|20\d\d年){0,16}$")
#: 批准预算1,284万元；年中调整后1,412万元: nothing between the two but that the one became the other
BECAME = re.compile(
    r"[，；]\s?(?:年中|期中|执行中|年内|后)?(?:经)?(?:调整|追加|调[增减])后?的?(?:预算)?(?:数|总额)?[为是]?\s?"
)


def with_initial_first(decisions: Sequence[Decision], source: str) -> list[Decision]:
    """A budget without a stage, and its parts, where the sentence goes on to say what it was adjusted to:
    批复当年预算2,010万元，…；6月追加139万元，全年预算合计2,150万元."""
    made = list(decisions)
    changed = [at for at, one in enumerate(made) if one.reason == "增减或调整"]
    later = next(
        (at for at, one in enumerate(made) if one.concept == "budget.total" and one.stage == "adjusted"), 0
    )
    first = next((at for at, one in enumerate(made[:later]) if one.concept == "budget.total"), later)
    granted = GRANTED.search(source[: made[first].figure.start]) if first < later else None
    moved = [at for at in changed if first < at < later]
    if first < later and BECAME.fullmatch(source, made[first].figure.end, made[later].figure.start):
        moved.append(later)
    if granted is None or made[first].stage or not moved:
        return made
    for at in range(first, min(moved)):
        one = made[at]
        if one.concept and one.concept.startswith("budget.") and one.stage is None:
            made[at] = replace(one, stage="initial")
    return made


#: 全年安排资金512.77万元（年初为486.30万元，年中追加）
FIRST_BESIDE = re.compile(r"\s?[（(]\s?年初(?:预算|安排|批复|下达)?(?:数|资金)?(?:仅)?为?\s?")


#: 基本支出由410.00万元调整为421.36万元
ADJUSTED_TO = re.compile(r"(?:数|后)?(?:调整?|调增|调减|追加|核增|核减|增加|压减|压缩)(?:为|到|至|成)\s?")


def with_adjusted_to(decisions: Sequence[Decision], source: str) -> list[Decision]:
    """The budgets of which a sentence says from what they were changed to what: the first is the year's initial one."""
    told = list(decisions)
    for at, (one, other) in enumerate(pairwise(decisions)):
        led = source[: one.figure.start].rstrip()[-1:] in ("由", "从")
        between = source[one.figure.end : other.figure.start]
        budget = (one.concept or "").startswith(("budget.", "project.budget"))
        if (
            led
            and budget
            and one.period == other.period
            and other.figure.kind == "money"
            and ADJUSTED_TO.fullmatch(between)
        ):
            told[at] = replace(one, stage="initial")
            told[at + 1] = other.proved(one.concept or "", one.subject, stage="adjusted", period=one.period)
    return told


#: 年中追加政法转移支付资金等142.32万元后，基本支出预算1,652.34万元
ADDED_THEN = re.compile(r"(?:追加|增拨|补充下达|调[增减]|追减)[^。；]{0,40}?\d\s?万?元(?:之?后|以后)[^。]*$")
#: 10月人大常委会审议通过预算调整方案后，本部门预算总额为13,086.50万元
ADJUSTED_THEN = re.compile(
    r"(?:审议)?(?:通过|批准|批复)[^。；，]{0,6}(?:预算)?调整(?:方案|草案)(?:之?后|以后)，[^。]*$"
)


def with_adjusted_then(decisions: Sequence[Decision], source: str) -> list[Decision]:
    """The budgets without a stage that a sentence tells behind an amount that was added to them."""
    return [
        replace(one, stage="adjusted")
        if (one.concept or "").startswith(("budget.", "project.budget"))
        and (
            (one.stage is None and ADDED_THEN.search(source[: one.figure.start]))
            or ADJUSTED_THEN.search(source[: one.figure.start])
        )
        else one
        for one in decisions
    ]


def with_adjusted_beside(decisions: Sequence[Decision], source: str) -> list[Decision]:
    """A budget without a stage, right behind which another amount is said to be the initial one: what it became."""
    made = list(decisions)
    for at, (one, other) in enumerate(pairwise(decisions)):
        planned = one.concept in SPENT_OF and one.concept == other.concept and one.subject == other.subject
        changed = one.stage is None and other.stage == "initial" and one.quantity != other.quantity
        if planned and changed and FIRST_BESIDE.fullmatch(source[one.figure.end : other.figure.start]):
            made[at] = replace(one, stage="adjusted")
    return made


def with_arrived_as_planned(decisions: list[Decision], source: str) -> list[Decision]:
    """What arrived of a project's money is its budget, where the sentence gives what was spent of it, at
    what rate, and no other budget: 项目到位资金6,820万元，支付6,410万元，支付率94%; and where nothing but a word of
    spending stands between the two: 山洪沟治理：到位资金300万元，已支出290万元."""
    made = list(decisions)
    for at, (arrived, spent) in enumerate(pairwise(decisions)):
        if _arrived_and_spent(arrived, spent, source) and not _planned(decisions, spent):
            made[at] = _as_planned(arrived, spent)
    for at, (arrived, spent, rate) in enumerate(zip(decisions, decisions[1:], decisions[2:], strict=False)):
        if (
            _arrived(arrived, source)
            and (spent.concept, rate.concept) == ("project.spending", "project.rate")
            and spent.subject == rate.subject
            and not _planned(decisions, spent)
        ):
            made[at] = _as_planned(arrived, spent)
    return made


#: 到位资金300万元，已全部支出
SPENT_OF_IT = re.compile(
    r"\s?[，；、]?\s?(?:年末|年底|当年|全年|截至年[末底])?[，]?(?:已|均|现|实际|累计|全部|全额|足额|共|完成)*(?:资金)?"
    r"(?:支出|支付|使用|拨付|兑付|兑现|发放|执行|列支)(?:资金|数|金额)?(?:为|共|共计|合计)?\s?"
)


#: 水库除险加固，投入640万元: in the list of what was spent of it
PUT_IN = re.compile(r"[，：、]\s?(?:共|累计|计划|实际)*投入(?:资金)?(?:共计?|合计)?\s?$")


def _arrived(one: Decision, source: str) -> bool:
    before = source[max(0, one.figure.start - 8) : one.figure.start]
    return one.reason in ("其他口径", "到位资金") and "到位" in before


def _arrived_and_spent(arrived: Decision, spent: Decision, source: str) -> bool:
    """Whether a project that its paragraph is about spent of what had arrived, and no more than that."""
    put_in = arrived.concept is None and PUT_IN.search(source[: arrived.figure.start])
    return (
        bool(put_in or _arrived(arrived, source))
        and arrived.figure.kind == "money"
        and spent.concept == "project.spending"
        and spent.subject == spent.anchor == arrived.anchor
        and spent.subject is not None
        and spent.figure.value <= arrived.figure.value
        and SPENT_OF_IT.fullmatch(source, arrived.figure.end, spent.figure.start) is not None
    )


def _planned(decisions: Sequence[Decision], spent: Decision) -> bool:
    return any(d.concept == "project.budget" and d.subject == spent.subject for d in decisions)


def _as_planned(arrived: Decision, spent: Decision) -> Decision:
    return replace(spent, figure=arrived.figure, concept="project.budget", quantity=arrived.figure.quantity)


USED_UP = re.compile(
    r"\s?[，,]?(?:已|均|现已|已经)?(?:全部|全额|足额|当年)+(?:用完|用尽|支出|支付|拨付|使用|兑付|执行|发放)"
)


def with_added_apart(decisions: Sequence[Decision]) -> list[Decision]:
    """年初预算2,780万元，年中下达修复资金等272.18万元，调整后3,052.18万元: what was added is no budget of its own."""
    stated = {(one.concept, one.stage): one.figure.value for one in decisions if one.figure.quantity}
    initial, adjusted = (stated.get(("budget.total", stage)) for stage in ("initial", "adjusted"))
    added = adjusted - initial if initial is not None and adjusted is not None else None
    return [
        replace(one, concept=None, reason="增减或调整")
        if (one.concept, one.stage) == ("budget.total", None) and one.figure.value == added
        else one
        for one in decisions
    ]


#: 920万元为造林补助项目的全年预算 · 2,600,000元年初预算由市级财政批复: the stage behind the amount
STAGE_BEHIND = re.compile(
    r"\s?(?:(?:为|是)[^，。；\d]{2,24}的|的)?(?P<stage>年初|全年|调整后?)的?预算(?!的|数)"
)


#: 县财政预算批复66.00万元，年中无追加、无调减
UNCHANGED = re.compile(
    r"[，；]\s?(?:年中|年内|年度(?:内|中)|执行中)(?:均|都)?(?:无|没有?|未|不)[^，。；\d]{0,6}(?:追加|调整|调[增减]|增减|变动)"
)


#: 部门预算总额22,486.53万元（调整后），其中基本支出3,105.28万元，项目支出19,381.25万元
STAGE_BRACKETED = re.compile(r"\s?[（(](?:(?P<initial>年初)|调整后?|追加后|全年)的?(?:预算)?数?[）)]")


def with_stage_bracketed(decisions: Sequence[Decision], source: str) -> list[Decision]:
    """A budget with the stage that the bracket behind its amount says, and its parts behind it in the same clauses."""
    made = []
    stage: Stage | None = None
    end = 0  # of the clauses that the bracket speaks for
    for one in decisions:
        planned = (one.concept or "").startswith("budget.")
        if planned and (told := STAGE_BRACKETED.match(source, one.figure.end)):
            stage = "initial" if told["initial"] else "adjusted"
            closed = re.compile("[；。]").search(source, told.end())
            end = closed.start() if closed else len(source)
        bracketed = planned and one.stage is None and one.figure.start < end
        made.append(replace(one, stage=stage) if bracketed else one)
    return made


def with_stage_behind(decisions: Sequence[Decision], source: str) -> list[Decision]:
    """A project's budget with the stage that the words behind its amount say."""
    made = []
    for one in decisions:
        found = STAGE_BEHIND.match(source, one.figure.end) if one.concept == "project.budget" else None
        stage: Stage | None = ("initial" if found["stage"] == "年初" else "adjusted") if found else None
        if one.concept == "project.budget" and UNCHANGED.match(source, one.figure.end):
            stage = "initial"
        made.append(replace(one, stage=stage) if stage and one.stage is None else one)
    return made


def with_planned_first(decisions: list[Decision], source: str) -> list[Decision]:
    """The first of two amounts of a project, where only the second is said to be spent, is its budget:
    校园安保经费60万元，支出58万元."""
    made = list(decisions)
    stated = [at for at, one in enumerate(decisions) if one.concept]
    for at, after in pairwise(stated):
        one, other = decisions[at], decisions[after]
        spent = one.concept == other.concept == "project.spending" and one.subject == other.subject
        if spent and one.assumed and not other.assumed:
            made[at] = replace(one, concept="project.budget")
    for at in stated:
        one = decisions[at]
        if one.concept == "project.spending" and one.assumed and USED_UP.match(source[one.figure.end :]):
            made[at] = replace(one, concept="project.budget")  # 整治项目资金1,150万元全部用完
    return made


#: 预算与支出均为96.40万元 · 预算与支出相同，均为96.40万元 · 决算数和年初预算数都是8.6万元 · 安排并支付620万元
_PLAN = r"(?:年初|调整后?|全年)?的?(?:批复|安排)?预算(?:数|安排|资金|指标)?"
_SPENT = r"(?:全年|实际|最终)*(?:支出|执行|决算|支付|列支|开支)(?:数|资金|金额)?"
ALIKE = re.compile(
    rf"(?:{_PLAN}[与和、及同]{_SPENT}|{_SPENT}[与和、及同]{_PLAN})(?:相同|相等|一致|持平)?，?(?:均|都|同|皆)[为是]\s?$"
    r"|(?:安排|下达|批复|核拨)(?:资金|经费|预算)?[并且][已均]*(?:全部|全额)?(?:支付|支出|兑付|使用|执行|发放)(?:完毕|资金)?共?\s?$"
)
SPENT_OF = {
    "project.budget": "project.spending", "three_public.budget": "three_public.spending",
    "procurement.budget": "procurement.spending", "budget.total": "spending.total",
    "budget.basic": "spending.basic", "budget.project": "spending.project",
}  # fmt: skip
PLANNED_OF = {spent: planned for planned, spent in SPENT_OF.items()}


#: 出国（境）费、公务用车费均为0元: what the words in front of an amount of several items say that they are
OF_EACH = re.compile(r"(?P<items>[^，。；：\d]+?)(?:支出|费用)?(?:均|都|皆|全)[为是]\s?$")
PUBLIC = {
    "three_public.overseas.spending": re.compile(r"出国"),
    "three_public.vehicles.spending": re.compile(r"(?:公务用车|公车)(?:购置[及和与、]运行|运行?[^、]{0,4}维护?费?|费|经费|支出|$)"),
    "three_public.hospitality.spending": re.compile(r"接待"),
}  # fmt: skip


#: 三公经费只有公务接待费1.74万元 · “三公”经费支出全部为公务用车运行维护费: the whole of 三公, which is one item
ONLY = re.compile(
    r"三公[”\"]?经费(?:实际|决算|全年)?(?:支出)?(?:只有|仅有|只是|仅为|全部?[为是]|均[为是]|都是|就是|即)(?:公务|因公)?[^，。；：\d]{2,12}$"
)


#: 三公经费只有公务接待费一项，预算0.80万元，实际开支0.36万元: of both
ONE_ITEM = re.compile(
    r"三公[”\"]?经费[^。；]{0,16}(?:只有|只列|仅有|仅列|只是|就是|即|只剩)[^，。；\d]{0,4}(?:公务接待|接待费|公务用车|公车|因公出国)[^，。；\d]{0,10}?一项[^。；]*$"
)


def _of_only_item(decision: Decision, source: str) -> Iterator[Decision]:
    """三公 as a whole, where a sentence says that it is one item and what was planned and spent of that."""
    if not ONE_ITEM.search(source[: decision.figure.start]):
        return
    if decision.concept in PUBLIC_ITEMS:
        yield replace(decision, concept="three_public.spending")
    elif decision.reason == "收入预算或分项预算" and decision.figure.quantity:
        yield Decision(
            decision.figure, "three_public.budget", decision.figure.quantity, None, decision.period
        )


def _alike_items(decision: Decision, source: str) -> Iterator[Decision]:
    """The other items of 三公 that an amount is of as well, or 三公 as a whole where there is no other."""
    if decision.concept not in PUBLIC:
        return
    before = source[max(0, decision.figure.start - 40) : decision.figure.start]
    if ONLY.search(before):
        yield replace(decision, concept="three_public.spending")
    told = OF_EACH.search(before)
    items = told["items"] if told else ""
    for concept, item in PUBLIC.items():
        if concept != decision.concept and item.search(items):
            yield replace(decision, concept=concept)


#: 无障碍改造，186.00万元全数支出，执行率100%: what there was, and what was spent
ALL_SPENT = re.compile(
    r"\s?(?:已|均)*(?:全数|悉数|全额|全部)(?:支出|支付|执行|兑付|使用)，(?:预算)?执行率[为达]?\s?100(?!\d)"
)


def with_both(decisions: Iterable[Decision], source: str) -> Iterator[Decision]:
    """The decisions, and one more for each amount that was planned and spent alike, or is of several items."""
    for decision in decisions:
        yield decision
        yield from _alike_items(decision, source)
        yield from _of_only_item(decision, source)
        spent, planned = SPENT_OF.get(decision.concept or ""), PLANNED_OF.get(decision.concept or "")
        if not (spent or planned):
            continue
        alike = ALIKE.search(source[max(0, decision.figure.start - 30) : decision.figure.start])
        if planned and ALL_SPENT.match(source, decision.figure.end):
            yield replace(decision, concept=planned)
        elif alike and spent:
            yield replace(decision, concept=spent, stage=None)
        elif alike:
            stage: Stage | None = (
                "initial" if "年初" in alike[0] else "adjusted" if "调整" in alike[0] else None
            )
            yield replace(decision, concept=planned, stage=stage)
