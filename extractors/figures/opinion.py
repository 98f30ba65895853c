"""A second reader of figures: what labelled reports taught about them, heard where it is sure.

The rules of `roles` know what a figure is where they know the words around it. The second reader knows
no rule: it weighs some hundred short words (`traits`) by multinomial logistic regression, learned from
the labelled corpus by `make learn`. The two err on different figures; of two that agree one may be
sure, and where they differ the second is followed only by a wide margin. What it changes or doubts
carries a confidence below `schema.rules.doubts.UNSURE`, so that no finding rests on it alone; a stage that
it adds to a budget on which the two agree lowers none.

See docs/decisions/0002-second-reader.md for what each of them reads rightly in reports that neither has seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from extractors.figures.aspects import GRANTED_TO, PLANNED_AFTER, SPENT_OFF
from extractors.figures.concepts import CONCEPTS, PUBLIC_ITEMS, concept_of
from extractors.figures.disowned import REASON
from extractors.figures.money import ADDS_TO
from extractors.figures.parts import OF_VEHICLES, called_behind
from extractors.figures.proving.agreement import CONCEPTS as OF_PROJECT
from extractors.figures.proving.ratios import gives
from extractors.figures.quantities import Found
from extractors.figures.setting import Decision, Setting
from extractors.figures.signs import ADDED_BY, COLLECTED
from extractors.figures.traits import Place, Told, decided_anew, places, traits
from extractors.figures.turns import became
from schema.report import Stage

WEIGHTS = Path(__file__).parent.parent / "data" / "opinion.npz"
#: what a figure is that is no fact
NONE = "none"
#: how much likelier than what the rules say another reading must be: to add a fact, to turn one into
#: another, to drop one. What the rules do find is seldom nothing at all.
ADD, TURN, DROP = 0.5, 0.7, 0.95
#: what the words themselves say that a figure is: no fact, however it may look
SETTLED = frozenset({
    "年中进度", "百分点", "非本部门支出", "单位标准", "约数", "分次或分期", "其他口径", "增减幅度", "假设", "占投资或合同", "多年累计", "未支付", "其他项目",
    "多年合计", "以后年度的增减", "以后年度", "差额", "合同价款", "部分", "部分的比率", "部分合计", "各项占比", "考核要求", "数量的金额",
    "到位情况", "人口数", "查出的问题", "上年结转", "合同结算", "剩余资金", "出资方", "分出资方", "其他结余", REASON,
})  # fmt: skip
#: the confidence of what it changed, and of what it finds less likely than this, where it knows better:
#: where no reading is likelier than that, it has never seen the like and doubts nothing
DOUBTED, LIKELY, KNOWN = 0.75, 0.7, 0.3
#: the families whose subject or direction the rules alone can tell
RULES_ONLY = ("share", "change")

#: what a project's report does not state of its project
NOT_OF_PROJECT = ("income", "staff")

#: 全年预算调增1,671.76万元，达到4,876.92万元
MOVED_BY = re.compile(r"(?:调增|调减|核增|核减|追减)了?\s?$")
#: 项目支出4,384.12万元，对应项目预算4,500.00万元
BUDGET_SAID = re.compile(r"(?:项目|基本)(?:支出)?预算(?:数|额)?[为是]?\s?$")
#: the part that a paragraph begins with, and whose its rates are
LED_BY = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[.、．）)]\s?)?(?P<part>基本|项目)支出\d")
LED_RATES = {"基本": "rate.basic", "项目": "rate.project"}
#: 公务用车购置及运行维护费预算54.00万元
BUDGETED = re.compile(r"(?:预算|控制)(?:数|额|金额)?[为是]?\s?$")
#: 经评审中心审减后，年初批复1,680.00万元
INITIAL_SAID = re.compile(r"年初(?:批复|预算|安排|核定|下达)(?:预算|资金|指标)?(?:数|额|金额)?[为是]?\s?$")
#: what a rate rose or fell by is no rate: 支付率提升0.29个百分点
POINTS = ("个百分点", "百分点", "个百分比")
#: one of these words is said of “三公”: 培训费预算18万元 is none of it
PUBLIC = re.compile("三公|公务|接待|出国|出境|因公|用车|车辆|公车|车费|控制率")
#: what is of all of a department's money, or of one of its two kinds
OF_ALL_TOPICS = frozenset(("total", "basic", "project"))
OF_ALL = frozenset(f"{kind}.{side}" for kind in ("budget", "spending", "rate") for side in OF_ALL_TOPICS)
#: what is of all of “三公”
ALL_PUBLIC = frozenset(("three_public.budget", "three_public.spending"))
#: what only the department as a whole has
WHOLES = ("carryover", "income", "budget.", "spending.", "rate.")

#: 一般公共预算安排2,206.40万元，…执行率96.57%
GENERAL = re.compile("公共预算|财政拨款")
#: what has no rate of execution among the facts
RATELESS = ("three_public.", "procurement.", "spending.operating", "spending.personnel")

STAGES: dict[str, Stage] = {"initial": "initial", "adjusted": "adjusted"}

#: takes a paragraph's sentences with its text, its setting and the document's kind; gives them revised
Opinion = Callable[[Sequence[Told], str, Setting, str], list[Told]]


@dataclass(frozen=True)
class Weights:
    """`table[rows[key]]` weighs a trait for each of the `labels`."""

    labels: tuple[str, ...]
    rows: dict[int, int]
    table: Any  # float32, traits x labels
    bias: Any  # float32, labels

    def probabilities(self, traits: Set[int]) -> dict[str, float]:
        """How likely each label is, by the keys of a figure's traits; they add up to 1."""
        known = [row for key in traits if (row := self.rows.get(key)) is not None]
        score = self.bias + np.add.reduce(self.table.take(known, axis=0))
        score = np.exp(score - score.max())
        return dict(zip(self.labels, (score / score.sum()).tolist(), strict=True))


def keys(words: Iterable[str]) -> set[int]:
    """Traits as the weights know them."""
    return {crc32(word.encode()) for word in words}


@cache
def weights(path: Path = WEIGHTS) -> Weights:
    """The weights that `make learn` wrote."""
    with np.load(path) as stored:
        table = stored["table"].astype(np.float32) * stored["scale"]
        rows = {key: row for row, key in enumerate(stored["keys"].tolist())}
        return Weights(tuple(stored["labels"].tolist()), rows, table, stored["bias"])


def label(decision: Decision) -> str:
    """What a figure was decided to be, its year apart: budget.total@initial, none."""
    if decision.concept is None:
        return NONE
    return f"{decision.concept}@{decision.stage}" if decision.stage else decision.concept


def second_opinion(paragraph: Sequence[Told], source: str, setting: Setting, kind: str) -> list[Told]:
    """A paragraph's sentences with the figures revised of which the second reader is surer."""
    revised: dict[int, Decision] = {}
    reckoned = {start for told in paragraph for start in _reckoned(told.decisions)}
    rated = {start for told in paragraph for start in _rated(told.decisions)}
    for place in places(paragraph, source, setting, kind):
        if place.figure.start in reckoned:
            place.labels[place.figure.start] = label(place.decision)
            continue
        decision = weigh(place, weights().probabilities(keys(traits(place))))
        if place.figure.start in rated and decision.concept != place.decision.concept:
            decision = place.decision
        revised[place.figure.start] = decision
        place.labels[place.figure.start] = label(decision)
    return decided_anew(paragraph, revised)


def _rated(decisions: Sequence[Decision]) -> Iterator[int]:
    """Where what was planned and spent of a project stands, with the rate that the two give: 预算62.00万元、支出60.45万元、
    执行率97.50%."""
    for three in zip(decisions, decisions[1:], decisions[2:], strict=False):
        alike = tuple(one.concept for one in three) == OF_PROJECT and len({one.subject for one in three}) == 1
        if alike and gives(*(one.figure.value for one in three)):
            yield from (one.figure.start for one in three)


def _reckoned(decisions: Sequence[Decision]) -> Iterator[int]:
    """Where a sentence's figures stand that its own sums confirm: 全年预算1,012.48万元，构成为基本支出812.48万元和
    项目支出200.00万元 · 年初预算2,780.00万元，年中下达272.18万元，调整后3,052.18万元."""
    stated = {label(one): one.figure for one in decisions if one.concept and one.figure.quantity}
    for side, stage in (("budget", "@initial"), ("budget", "@adjusted"), ("spending", "")):
        three = [stated.get(f"{side}.{part}{stage}") for part in ("total", "basic", "project")]
        whole, *halves = (one.value if one else None for one in three)
        if whole is not None and None not in halves and whole == sum(filter(None, halves)):
            yield from (one.start for one in three if one)
    initial, adjusted = stated.get("budget.total@initial"), stated.get("budget.total@adjusted")
    if initial and adjusted:
        added = adjusted.value - initial.value
        yield from (
            one.figure.start
            for one in decisions
            if one.concept is None
            and one.figure.kind == "money"
            and one.figure.quantity
            and one.figure.value == added != 0
        )


def _in_words(place: Place, said: str, best: str) -> bool:
    """Whether the words right before a figure say that it is a budget, or by how much one moved."""
    before = place.source[: place.figure.start]
    if place.decision.reason == "增减或调整":
        return MOVED_BY.search(before) is not None
    initial = best == NONE and "budget" in said and INITIAL_SAID.search(before)
    planned = said.startswith("budget.") and best.startswith("spending.") and BUDGET_SAID.search(before)
    return bool(initial or planned)


def weigh(place: Place, likely: dict[str, float]) -> Decision:
    """The decision on a figure, by what the rules say and how likely each reading is."""
    decision = place.decision
    said = label(decision)
    if said not in likely or said.startswith(RULES_ONLY) or decision.reason in SETTLED or _called(place):
        return decision
    if place.figure.upper is not None:
        return decision  # 每户500元到3,000元
    if decision.concept is None and (decision.period or 0) > (place.setting.fiscal_year or 9999):
        return decision  # 2023年拟安排预算1,120万元
    if place.setting.several and decision.of_projects:
        return decision  # 托养和培训两个项目，预算共计320万元: said of them all
    unread = decision.concept is None and place.figure.kind == "percent"
    if unread and DONE.search(place.source[max(0, place.figure.start - 24) : place.figure.start]):
        return decision
    if unread and (place.figure.bound or OTHER_RATE.search(place.source[: place.figure.start])):
        return decision  # 执行率90%（含）以上得满分: a rule's limit
    best = max(likely, key=likely.__getitem__)
    if _in_words(place, said, best):
        return decision
    topic = place.setting.topic
    led = LED_BY.match(place.source)
    if best == "rate.total" and led and said == LED_RATES[led["part"]]:
        return decision  # 1.基本支出1,779.48万元，占总支出70.94%，…，预算执行率99.51%
    if best == "rate.total" and topic is not None and said == f"rate.{topic.key}":
        return decision  # 1.基本支出2,309.12万元。…。执行率99.68%。
    planned = best.startswith("spending.") or BUDGETED.search(place.source[: place.figure.start])
    if decision.reason == "收入预算或分项预算" and "spending" in best and planned:
        return decision  # 公用经费236.22万元（公用经费预算为243.00万元）
    if said.startswith(f"{best}@"):
        return decision  # the words named the stage
    if (said, best) in RESTAGED and not ADJUSTED.search(
        place.source[: place.figure.start].rpartition("。")[2]
    ):
        return decision  # 年初预算12,480万元，即1.248亿元: nothing before it speaks of an adjusted budget
    surer = likely[best] - likely[said]
    margin = ADD if said == NONE else DROP if best == NONE else TURN
    if surer > margin and (other := turned(place, best)):
        return other
    if likely[said] < LIKELY and likely[best] > KNOWN:
        return replace(decision, confidence=min(decision.confidence, DOUBTED))
    return decision


#: 举办竞赛项目16个，完成率88.9%
DONE = re.compile(
    r"\d\s?(?:[个项场期次栋座台套处人户名]|人次)[，,](?:任务|目标)?完成(?:率|比例)(?:为|达到?)?\s?$"
)
#: from the initial budget to the adjusted one, by whatever part, and words that tell of that
RESTAGED = {(f"budget.{part}@initial", f"budget.{part}@adjusted") for part in ("total", "basic", "project")}
ADJUSTED = re.compile("调|追加|变更|全年")


def turned(place: Place, said: str) -> Decision | None:
    """The figure as what it is said to be; None where that would need a name that nobody gave."""
    decision, figure = place.decision, place.figure
    if said.startswith(RULES_ONLY) or (said != NONE and figure.unit in POINTS):
        return None
    last = _compared(place)
    if last and said != NONE and (last == "project" or not said.startswith("project.")):
        return None
    if said == NONE or (place.setting.single and said.startswith("carryover")):
        return Decision(figure, reason="其他金额" if figure.kind == "money" else "其他比率")
    concept, _, stage = said.partition("@")
    if _unlike(place, concept) or (place.setting.own and concept.startswith(NOT_OF_PROJECT)):
        return None
    subject = None
    kind = concept.removesuffix(".total")
    part = place.setting.topic and concept_of(place.setting.topic, kind)
    if kind in ("budget", "spending") and kind != concept and part and decision.concept == part:
        return None  # 基本支出系…的支出。2023年列支3,214.66万元: its section is on that part
    if _repeats(place, concept) or ("budget" not in concept and _planned_beside(place)):
        return None
    if decision.anchor and concept.startswith(WHOLES):
        return None  # 棚户区改造。上年结转1,200万元: of a project's money, not of the department's
    if concept.startswith("project."):
        subject = decision.subject or decision.about
        if subject is None and place.setting.own is None:
            return None
    agreed = decision.concept == concept and decision.stage is None  # and the stage was not said
    return replace(
        decision,
        concept=concept,
        stage=STAGES.get(stage),
        subject=subject,
        quantity=decision.quantity or figure.quantity,
        reason="",
        confidence=decision.confidence if agreed else min(decision.confidence, DOUBTED),
        assumed=False,
    )


#: 集中供养率61%: a rate by name, and none of money
OTHER_RATE = re.compile(r"[一-鿿](?<![支付出用行成兑拨款])率(?:达到?|为|是)?\s?$")
#: “城乡低保金”项目支出7,912.30万元 · 财政批复预算支出为1,735.2万元: what words right before an amount say that it is
QUOTED = re.compile(r"[”\"]\s?(?:项目|专项)(?:支出|资金|经费|预算|实际支出)?(?:为|是)?\s?$")
#: 安排项目支出626.2万元，完成支出600万元: where the rules found a budget in it
APPROVED = re.compile(
    r"(?:批复|核定|批准)[^，。；\d]{0,8}预算(?:支出)?(?:数|总额)?(?:为|是|共|共计|合计)?\s?$"
    r"|安排(?:了)?(?:项目|基本)支出(?:共计?|合计)?\s?$"
)

#: 是年初基本支出预算862.40万元的103.75%: words right before an amount that say which budget it is
STAGED = re.compile(
    r"(?:(?P<initial>[年期]初(?:批复|安排|核定|下达)?)|(?P<adjusted>(?:调整|追加|变动)后))的?(?:部门|整体|基本支出|项目支出|总|支出)*预算(?:数|总额|金额|安排)?(?:为|是|共)?\s?$"
)


#: 基本支出结转12万元: what was left
LEFT = re.compile(r"(?:结转|结余|结转结余|结转和结余)(?:资金)?[为是]?\s?$")
#: 三公经费压降8.15万元: how much less it was
MOVED = re.compile(r"(?:压降|压减|下降|减少|降低|缩减|少[支用花][出了]?|省下|节省|减支)了?(?:约|近)?\s?$")
#: 执行率没有达到90%，是因为…: what was to be reached
MISSED = re.compile(r"(?:[没未][有能]*|不)(?:达到?|满|到|足)了?\s?$|(?:低于|不足)\s?$")
#: 其他支出400.00万元: neither of the two kinds
OTHER = re.compile(r"(?:其他|其它)支出(?:预算|决算)?数?[为是：]?\s?$")


#: 预算安排中央资金1,500万元、自治区资金480万元
OF_PAYER = re.compile(r"(?:安排|下达)(?:中央|自治区|[省市县区州]级|地方|上级)(?:财政)?(?:资金|补助|配套)\s?$")


def _called(place: Place) -> bool:
    """Whether the words right around an amount say what the rules made of it: 1,087.42万元是基本支出."""
    topic = called_behind(place.source[place.figure.end :])
    if topic is not None and place.decision.concept in CONCEPTS[topic.key].values():
        return True
    concept, before = place.decision.concept or "", place.source[: place.figure.start]
    moved = place.decision.reason == "增减或调整" and place.figure.direction and MOVED.search(before)
    added = place.decision.reason == "增减或调整" and ADDS_TO.search(before)
    missed = place.decision.reason == "目标或限额" and MISSED.search(before)
    added = added or COLLECTED.search(before) or ADDED_BY.search(before.rpartition("。")[2])
    if not concept and (moved or added or missed or OTHER.search(before) or OF_PAYER.search(before)):
        return True
    if concept and AGAIN.search(before):
        return True
    if "spending" in concept and became(place.source, place.figure.start):
        return True  # 人员经费由上年的962.15万元增至1,009.82万元
    if concept.startswith("income.") and INCOME.search(before):
        return True
    if concept == "rate.total" and WHOLE_RATE.search(before):
        return True
    if (
        concept == "project.rate"
        and place.setting.fiscal_year != place.decision.period
        and OF_LAST.search(before)
    ):
        return True
    if concept == "budget.total" and PLANNED_SIDES.search(before):
        return True
    if concept == "three_public.vehicles.spending" and OF_VEHICLES.search(before.rpartition("。")[2]):
        return True
    if concept == "three_public.hospitality.spending" and RECEIVED.search(before.rpartition("。")[2]):
        return True
    if concept == "project.spending" and SPENT_OFF.match(place.source, place.figure.end):
        return True
    if "spending" in concept and LINE_SPENT.fullmatch(before):
        return True
    named = concept.startswith("project.") and (QUOTED.search(before) or _rated_by_name(place, before))
    staged = STAGED.search(before) if concept.startswith("budget.") else None
    told = staged is not None and place.decision.stage == staged.lastgroup
    return bool(named or told or (concept.startswith("budget.") and APPROVED.search(before)))


#: 义务教育保障经费执行率仅为38.75%: words between a project's name and its rate
RATED = re.compile(
    r"[”\"]?(?:项目)?(?:预算|资金)?(?:执行|支付|支出)(?:率|进度)(?:仅|只|不足|才)?[为是有达到]?\s?"
)


def _rated_by_name(place: Place, before: str) -> bool:
    """Whether a rate stands right behind the name of the project that the rules found it to be of."""
    name = place.decision.subject if place.figure.kind == "percent" else None
    return bool(name and name in before and RATED.fullmatch(before.rpartition(name)[2]))


#: 公务接待执行标准严格，全年接待9批次、开支0.52万元
RECEIVED = re.compile(r"公务接待[^。；]*(?:开支|支出|花费|费用)[为共]?\s?$")
#: 年初预算收入1,204.5万元，支出1,204.5万元: the other side of the same plan
PLANNED_SIDES = re.compile(
    r"预算收入[^。；\d]{0,4}\d[\d,.]*\s?[万亿]?元[，、和及]\s?(?:安排)?支出(?:也?为|也是)?\s?$"
)
#: 执行率95.3%，较上年的96.1%回落
OF_LAST = re.compile(
    r"(?:执行|支付|支出)率[^，。；]{0,4}\d[\d.]*\s?[%％]，[较比与](?:上一?年度?|去年|20\d\d年度?)的?\s?$"
)
#: 整体执行率只有78.60%
WHOLE_RATE = re.compile(r"(?:整体|总体|综合)(?:支出|预算)*执行率(?:仅|只有|为|达到?)*\s?$")
#: 决算收入1,386.2万元
INCOME = re.compile(r"收入(?:总计|合计|决算数?|总额)?(?:为|是|共计?)?\s?$")
#: 项目支出：1,852.44万元, in a line of its own
LINE_SPENT = re.compile(r"\s*[^，。；：:\d]{0,12}(?:支出|支付|执行|决算)(?:数|金额|资金)?\s?[：:]\s?")
#: 13,205,618.40元（约合1,320.56万元） · 2.76亿元，即27,604.30万元: the amount right before it once more
AGAIN = re.compile(r"元[（(，,]\s?(?:约合?|折合|合|即|约为|也就是)\s?$")
#: 全年支出盘子为186.24万元: words right before an amount that say that it was planned
PLANNED = re.compile(r"(?:盘子|额度|指标|控制数|控制线)(?:为|是|共|共计|合计)?\s?$")


def _planned_beside(place: Place) -> bool:
    """Whether the words right before a budget or right behind it call it one by another name."""
    if "budget" not in (place.decision.concept or ""):
        return False
    before, after = place.source[: place.figure.start], place.source[place.figure.end : place.figure.end + 8]
    return bool(PLANNED.search(before) or GRANTED_TO.search(before) or PLANNED_AFTER.match(after))


#: what the rules find no fact in, because it is of an item of the department's money
ITEMS = ("明细科目或其他口径", "收入预算或分项预算", "分项执行率")


def _unlike(place: Place, concept: str) -> bool:
    """Whether a figure cannot be the money of a whole, or of “三公”, by what the words around it name."""
    topic = place.setting.topic
    of_else = topic is None or topic.key == "procurement"  # 6.政府采购。预算128.40万元
    if concept.startswith("three_public") and of_else and not PUBLIC.search(place.source):
        return True
    items = {concept, place.decision.concept} <= PUBLIC_ITEMS
    if concept in ALL_PUBLIC or items:
        return _named_else(place, concept)  # “三公”经费…；培训费预算9万元，支出6.72万元
    if concept not in OF_ALL:
        return False
    left = place.figure.kind == "money" and LEFT.search(place.source[: place.figure.start])
    return bool(left) or _rate_of_others(place) or _named_else(place, concept)


def _named_else(place: Place, said: str) -> bool:
    """Whether the sentence names, as the last before a figure, what the rules found the figure to be of, and that is
    an item or a part of the department's money: 差旅费年初预算18万元，支出15万元，执行率83.33% · 公务接待费支出5万元.
    The general budget is nearly all that a department has."""
    heard = [token for token in place.told.tokens if token.end <= place.figure.start]
    named = next(
        (token for token in reversed(heard) if any(tag.startswith("topic.") for tag in token.tags)), None
    )
    if named is None or GENERAL.search(named.text):
        return False
    topics = [tag.removeprefix("topic.") for tag in named.tags if tag.startswith("topic.")]
    if place.decision.concept is None:
        others = {"three_public"} if said in ALL_PUBLIC else OF_ALL_TOPICS
        return place.decision.reason in ITEMS and not others.intersection(topics)
    side = place.decision.concept.rpartition(".")[2]
    if said.endswith(".total") and side in ("basic", "project"):
        return side in topics and (place.figure.kind == "money" or bool(_given(place)))
    part = place.decision.concept.startswith(RATELESS)
    return part and any(place.decision.concept in CONCEPTS.get(topic, {}).values() for topic in topics)


def _rate_of_others(place: Place) -> bool:
    """Whether a rate is what the two amounts right before it give, and one of them is of what has no rate among the
    facts: “三公”经费预算18万元，支出15万元，执行率83.33%."""
    return any(place.labels.get(one.start, NONE).startswith(RATELESS) for one in _given(place))


def _given(place: Place) -> list[Found]:
    """The two amounts right before a rate that give it; nothing where they do not."""
    before = [one for one in place.amounts if one.start < place.figure.start][-2:]
    given = len(before) == 2 and gives(before[0].value, before[1].value, place.figure.value)
    return before if given else []


#: 96.28%、98.86%和95.36%: what may stand between two figures of a row
ROW = re.compile(r"(?:[、，和与及\s]|\d[\d,]*(?:\.\d+)?\s?(?:[%％]|亿元|万元|元))*")


def _repeats(place: Place, concept: str) -> bool:
    """Whether a figure would become what another one of its row is by then: each part is told once."""
    for one in place.told.decisions:
        first, last = sorted((one.figure, place.figure), key=lambda figure: figure.start)
        beside = one.concept == concept and one.period == place.decision.period and first is not last
        if beside and ROW.fullmatch(place.source[first.end : last.start]):
            return True
    return False


def _compared(place: Place) -> str:
    """The family of what the rules know to be of an earlier year: 接待费0.94万元，上年1.35万元; "" where they
    know none. The words around such a figure are those of any comparison."""
    decision, year = place.decision, place.setting.fiscal_year
    known = decision.concept and year and decision.period and decision.period < year
    return (decision.concept or "").partition(".")[0] if known else ""
