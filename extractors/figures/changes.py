"""Increases and decreases, and the figures that something is compared with: last year's, the budget."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extractors.figures.aspects import aspect_of
from extractors.figures.concepts import concept_of, topic_of
from extractors.figures.parts import PARENTS, within
from extractors.figures.periods import BEHIND
from extractors.figures.segments import Topic, has, speaks, tagged
from extractors.figures.setting import Decision, Scene
from extractors.figures.topics import MONEY_ROLES, own_topic, spoken_topics
from extractors.figures.turns import rose_or_fell
from extractors.language import Token
from schema.quantity import HUNDRED, Interval, as_written, quotient
from schema.report import Stage

#: 同上年持平，比预算7万元节省1.88万元: of the plan that stands between
AGAINST_PLAN = re.compile(
    r"[比较](?:年初|全年|调整后)?(?:预算|预算数|计划)\s?\d[\d.,]*\s?万?元[^，。；\d]*$|[比较](?:申报|申请)(?:数|额|金额)?[^，。；\d]*$"
)


#: 年初未安排预算，年中追加600万元: all that the project was given
UNPLANNED = re.compile(
    r"年初(?:并?未|没有?|无)(?:安排|列入|编列|编制|纳入)?(?:部门)?(?:预算)?，[^。；，\d]{0,6}(?:\d{1,2}月(?:份|底)?)?[^。；，\d]{0,8}(?:追加|增拨|补充下达|调增)[^，。；\d]{0,8}$"
)


def decide_change(scene: Scene) -> Decision | None:
    """An increase or decrease; None where the amount is a value of its own."""
    figure, segment, talk = scene.figure, scene.segment, scene.talk
    if "环比" in scene.clause:
        return scene.none("增减幅度")  # 四季度支出环比下降36.89%
    if (half := _other_half(scene)) is not None:
        return half
    if (each := each_change(scene, "change.amount")) is not None:
        return each
    project = scene.setting.single
    if project and UNPLANNED.search(scene.sentence):
        talk.said(project, "budget:adjusted")
        return Decision(figure, "project.budget", figure.quantity, project.name, scene.period, "adjusted")
    direction = figure.direction or word_direction(scene) or signed(scene)
    if not direction:
        return None
    if has(segment.all, "turn.against") or AGAINST_PLAN.search(scene.source[: figure.start]):
        talk.compare = False
        if own := own_topic(scene):
            talk.topic, talk.aspect = own, "spending"  # 三公经费较预算减少3.38万元，较上年减少1.20万元
        return scene.none("与预算比较")
    if since_earlier(scene):
        return scene.none("多年累计")
    labelled = BY_HOW_MUCH.search(scene.source[: figure.start]) is not None
    talk.compare = talk.compare or labelled or any(one.search(scene.clause) for one in (MORE_BY, AGAIN))
    if not talk.compare or figure.quantity is None:
        talk.moved = talk.moved or talk.aspect == "budget"
        return scene.none("增减或调整")
    topic, aspect = spoken_of(scene)
    subject = concept_of(topic, aspect)
    if subject is None or not of_whole(scene, topic) or _saved_by_price(scene):
        return scene.none("增减或调整")
    remember_change(scene, topic, aspect)
    talk.shifted = (subject, direction)
    quantity = replace(figure.quantity, value=figure.quantity.value * direction)
    return Decision(figure, "change.amount", quantity, subject, scene.setting.fiscal_year, confidence=0.95)


#: 比2021年3,062.10万元上升6.17%, but not 比2021年上升6.17%，同比上升2.22%
SINCE = re.compile(r"[比较与同](20\d\d)年(?!.*(?:同比|[比较](?:上|去)年|上年|[比较与同]20\d\d年))", re.S)


def since_earlier(scene: Scene) -> bool:
    """Whether a change is against a year before the last one."""
    year, since = scene.setting.fiscal_year, SINCE.search(scene.sentence)
    return bool(year and since and int(since[1]) < year - 1)


#: 上年支出合计：1,003.57万元；增加额：37.62万元
BY_HOW_MUCH = re.compile(
    r"(?:上年|去年)[^。；：，\d]{0,12}[：:为]?\s?\d[\d,.]*\s?[万亿]?元[；;，,。]\s?(?:同比)?(?:[净实]?(?:增加|减少|增长|下降)|增减|变动)(?:额|数|金额)[：:为]\s?$"
)


#: 采购单价由128元降为122元，合计节约采购成本24.66万元: what a price saves, and not what was spent less
PRICE = re.compile(r"单价|均价|(?<!投标)价格|中标价|报价")


def _saved_by_price(scene: Scene) -> bool:
    return bool(re.search("节[约省]", scene.spoken) and PRICE.search(scene.sentence))


def each_change(scene: Scene, concept: str) -> Decision | None:
    """The next of the changes of a row: 两项分别提高3.4%和2.5%，金额分别为30.3万元和11.2万元."""
    talk, segment, quantity = scene.talk, scene.segment, scene.figure.quantity
    each = tagged(segment.all, "turn.each")
    if each and scene.row >= 2 and talk.compare:
        direction = scene.figure.direction or word_direction(scene) or (talk.shifted or ("", 0))[1]
        before = spoken_topics([t for t in segment.all if t.start < each[-1][0].start], scene.row)
        topics = before or list(dict.fromkeys(topic for topic, _ in talk.series))
        told = [concept_of(topic, talk.aspect) for topic in topics]
        fits = direction and len(told) == scene.row and not has(segment.near, "aspect.rate", "aspect.budget")
        talk.changes = [(one, direction) for one in told if one] if fits else []
    elif segment.near and [t.text for t in segment.near] not in (["和"], ["与"], ["及"]):
        talk.changes = []
    if not talk.changes or quantity is None:
        return None
    subject, sign = talk.shifted = talk.changes.pop(0)
    moved = replace(quantity, value=abs(quantity.value) * sign)
    return Decision(scene.figure, concept, moved, subject, scene.setting.fiscal_year, confidence=0.93)


#: 上浮6%（98.41万元） · 扩大8%，绝对额98.85万元 · 收缩120.34万元，幅度5%: no more than how much
HOW_MUCH = re.compile(
    r"[\s，、（(即约近达计合为]*(?:(?:增减|变动|变化|绝对|相对|净增|净减|增加|减少|差|增|减)?(?:额|数|值|量|金额|数额|幅度|比例|率)[为是达约]*)?\s?"
)


def moved_to(scene: Scene, concept: str | None) -> tuple[str, int] | None:
    """What moved and in which direction, where a figure is what last year's became: 总支出由85.2万元上升至90.1万元."""
    way = rose_or_fell(scene.source, scene.figure.start) if concept and scene.talk.compare else 0
    return (concept, way) if concept and way else None


def _other_half(scene: Scene) -> Decision | None:
    """The amount right behind the rate of a change, which says nothing more of itself."""
    shifted, quantity = scene.talk.shifted, scene.figure.quantity
    told = scene.talk.kind == "percent" or scene.clause.strip("， ")  # 上升至90.1万元，绝对额4.9万元
    if shifted is None or quantity is None or not told:
        return None
    if scene.segment.clauses != 1 or not HOW_MUCH.fullmatch(scene.clause):
        return None
    concept, sign = shifted
    moved = replace(quantity, value=abs(quantity.value) * sign)
    return Decision(scene.figure, "change.amount", moved, concept, scene.setting.fiscal_year, confidence=0.9)


def signed(scene: Scene) -> int:
    """The direction that a sign gives where a change is told: 同比-34.06% · 变动：总额+2.4%."""
    sign = scene.text[:1]
    told = scene.talk.compare or has(scene.segment.near, "turn.compare", "aspect.change")
    return ({"-": -1, "－": -1, "−": -1, "—": -1, "+": 1, "＋": 1}.get(sign, 0)) if told else 0


#: 2022年度某项目支出1,248.30万元。2023年较2022年增加130.20万元: of what the sentence before told
YEARS_COMPARED = re.compile(
    r"^\s?(?:20\d\d年度?|[本今]年度?)[较比](?:20\d\d年度?|上年度?|去年)[^，。；\d]{0,6}$"
)


def of_whole(scene: Scene, topic: Topic | None) -> bool:
    """Whether what changed is the document's own money: the department's, or that of a project's report."""
    talk = scene.talk
    if topic is None or topic.key != "item":
        return True
    told = has(scene.labels, "aspect") or talk.shifted or (talk.series and talk.series[-1][0] == topic)
    before = (talk.before, talk.before_aspect) == (topic, "spending") and YEARS_COMPARED.search(
        scene.sentence
    )
    return bool(topic == scene.setting.single and (told or before))


#: 与防控资金退出有关，该项资金上年达2,940万元: of what was named as a cause
OF_PART = re.compile(r"(?:该|这|此)(?:项|笔|类|部分)(?:资金|经费|支出|收入|款项?|拨款|专款|补助)")

#: 少于上年16.14万元: last year's or the difference, who can say
LESS_BY = re.compile(r"[少多]于(?:上年|去年)度?$")


#: 较2021年的3.90万元减少0.63万元: by how much less or more it is now
MOVED_BY = re.compile(
    r"\s?(?:相比)?[，,]?(?:同比)?(?:(?P<less>减少|下降|压减|节约|少支|降低)|增加|增长|上升|多支)了?\s?(?P<by>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>万元|元)"
)


#: （2.51万元）下降5.98%
MOVED_SHARE = re.compile(
    r"\s?[）)]\s?[，,]?(?:同比)?(?:(?P<less>减少|下降|压减|降低)|增加|增长|上升)了?\s?(?P<by>\d+(?:\.\d+)?)\s?[%％]"
)


def _fell_from(scene: Scene) -> bool | None:
    """Whether the last amount is what a bracketed one of last year became, by the share told behind it; None where
    none is told."""
    moved = MOVED_SHARE.match(scene.source, scene.figure.end)
    now, before = scene.talk.last, scene.figure.quantity
    if moved is None or not now.quantity or not before or before.interval.low <= 0:
        return None
    share, whole = quotient(now.quantity.interval, before.interval), Interval.exactly(HUNDRED)
    change: Interval = whole - share if moved["less"] else share - whole
    return change.meets(as_written(Decimal(moved["by"])).interval)


def _proved_last(scene: Scene) -> Topic | None:
    """The last item of a list whose amount is what last year's and the change give, not the list's whole:
    “三公”经费8.73万元，其中…公务接待费3.27万元，较2021年的3.90万元减少0.63万元."""
    moved, last = MOVED_BY.match(scene.source, scene.figure.end), scene.talk.last
    if moved is None or last is None or not str(last.concept).endswith(".spending") or not last.quantity:
        return None
    by = Decimal(moved["by"].replace(",", "")) * (10000 if moved["unit"] == "万元" else 1)
    now = scene.figure.value - by if moved["less"] else scene.figure.value + by
    return topic_of(last.concept) if now == last.quantity.value else None


#: 全年门票收入约58万元，较上年的66万元有所下降: what a project earned is none of its money
EARNED = re.compile(
    r"(?:收入|产值|营业额|销售额)(?:总额|合计)?(?:共|约|为|达)*\s?\d[\d,.]*\s?[万亿]?元[^。；]*$"
)


#: 决算支出比上年（3,240.76万元）减少141.95万元
WHOLE_COMPARED = re.compile(
    r"(?:^|[，。；])\s?(?:20\d\d年度?|本年度?|全年)?(?:决算支出|支出决算|总支出)(?:总额|数)?[比较与同][^，。；\d]{0,6}[（(]?$"
)


#: 较2022年初的14,906.00万元
OF_YEAR_START = re.compile(r"(?:20\d\d|上|去)年初的?\s?$")


def decide_last_year(scene: Scene) -> Decision:
    """The same money a year before: 较上年决算数5.2万元减少…."""
    talk = scene.talk
    if scene.setting.single and EARNED.search(scene.sentence.rpartition("；")[2]):
        return scene.none("非本部门收入")
    topic, aspect = spoken_of(scene)
    if talk.series and scene.source[max(0, _start(scene) - 1) : _start(scene)] in ("（", "("):
        topic, aspect = talk.series[-1][0], talk.aspect  # 公务接待费5.3万元（上年6.1万元）
        if talk.shifted and (changed := topic_of(talk.shifted[0])):
            topic = changed  # 同比减少2.36万元，下降11.08%（上年21.30万元）
        elif talk.head and talk.last and _fell_from(scene) is False:
            topic = talk.head  # 其中…公务接待0.26万元，比上年（2.51万元）下降5.98%
    elif talk.among and (last := _proved_last(scene)):
        topic, aspect = last, "spending"
    behind = BEHIND.match(scene.source, scene.figure.end)
    words = scene.spoken + (behind[0] if behind else "")
    aspect = "budget" if "预算" in words else ("spending" if re.search("决算|支出|同期", words) else aspect)
    if OF_PART.match(scene.clause) or LESS_BY.search(scene.clause):
        return scene.none("其他口径")
    income = topic is not None and topic.key.startswith(("income", "carry")) and own_topic(scene) != topic
    spent = re.search(r"支出|预算" if income else r"支出|决算|预算", words)
    if (topic is None or income) and not scene.name and spent:
        topic = Topic("total")
    if own_topic(scene) is None and re.search(
        r"(?:我[局委办院校会]|本?部门|本?单位|全局)(?:总)?支出|支出(?:合计|总计|总额)", words
    ):
        topic = Topic("total")
    if topic is None and not scene.setting.single and WHOLE_COMPARED.search(scene.sentence):
        topic = Topic("total")
    said = {one for one_topic, kinds in talk.series if one_topic == topic for one in kinds}
    told = speaks(said, "spending") or (talk.before == topic and talk.before_aspect == "spending")
    if aspect == "budget" and "预算" not in words and told:
        aspect = "spending"  # 全年支出3.96万元，预算4.20万元，与上年的4.35万元相比
    concept = concept_of(topic, aspect)
    if topic is None or concept is None:
        return scene.none("以前年度")
    stage: Stage | None = None
    if concept.startswith(("budget", "project.budget")):
        adjusted = re.search("调整后|调整预算|全年预算", words)
        at_start = "年初预算" in words or (aspect == "budget" and OF_YEAR_START.search(words))
        stage = "initial" if at_start else "adjusted" if adjusted else None
    part = talk.among and talk.head is not None and topic != talk.head and within(topic.key, talk.head.key)
    talk.topic, talk.aspect, talk.among, talk.series = (
        topic,
        aspect or talk.aspect,
        bool(part),  # 上年支出640万元（其中基本支出531万元、项目支出109万元）
        [(topic, {"change"})],
    )
    period = scene.period
    if concept == "carryover.opening" and re.search("[末底]", scene.clause):
        period = scene.setting.fiscal_year  # 上年末为139.96万元: what this year began with
    return Decision(scene.figure, concept, scene.figure.quantity, topic.name, period, stage, confidence=0.93)


def decide_against(scene: Scene) -> Decision | None:
    """The budget that spending is held against: 比年初预算3.45万元有所节约; or the difference to it."""
    words = tagged(scene.segment.near[-1:], "turn.against") or _against_what(scene)
    if not words or scene.figure.direction:
        return None
    text = words[0][0].text
    kept = text[0] == "超" and re.search(r"(?:不|未|没有?)\s?$", scene.source[: words[0][0].start])
    if text[0] not in "比较与同" and not kept:
        return scene.none("与预算比较")
    topic, _ = spoken_of(scene)
    concept = concept_of(topic, "budget")
    if (
        topic is None
        or concept is None
        or (not concept.endswith("budget") and not concept.startswith("budget."))
    ):
        return scene.none("与预算比较")
    stage: Stage | None = (
        "initial" if "年初" in text else ("adjusted" if "调整" in text or "全年" in text else None)
    )
    return Decision(
        scene.figure, concept, scene.figure.quantity, topic.name, scene.period, stage, confidence=0.93
    )


def _against_what(scene: Scene) -> list[tuple[Token, str]]:
    """比年初安排的22.00万元少: the comparison with a budget that its clause goes on to name."""
    near = scene.segment.near
    words = tagged(near, "turn.against")
    if not words or near[-1].text not in ("的", "数", "数的"):
        return []
    named = near[near.index(words[-1][0]) + 1 :]
    told = all(has([token], "aspect.budget") or token.text in ("的", "数", "数的") for token in named)
    return words[-1:] if told else []


#: 与上年对比，2023年收入增加412万元，增长5.5%；支出增加398万元
ALONE = re.compile(
    r"\s?(?:20\d\d年度?|[本今当]年度?)?(?:总|决算)?(?P<what>收入|支出)(?:总额|总计|合计|决算数?)?(?:[较比](?:上年|去年|20\d\d年度?)|同比)?(?:净)?(?:增|减|下降|上升|多|少|[由从]$)"
)


#: words of a comparison that name nothing: 少收12万元 · 也低于上年的26万元
MOVED = re.compile(
    r"(?:[较比](?:上一?年度?|去年|20\d\d年度?)的?)?[反却倒略]?[多少][支花用]?|[增减多少]收|反倒|反而|却|倒是?|[也均仍都]?(?:低于?|高于?|少于?|多于?|不及|超过)(?:20\d\d年度?)?的?|[由从]|(?:总|支出|收支)?(?:规模|总量|总额|数额)"
)


def _start(scene: Scene) -> int:
    return scene.segment.near[0].start if scene.segment.near else scene.figure.start


def _headed(scene: Scene) -> Topic:
    """What a bare 支出 is of: the project of a project's report, the money that the heading names, else all of it."""
    topic = scene.setting.topic
    narrow = topic and topic.key in ("three_public", "basic", "project")
    return scene.setting.own or (topic if topic and narrow else Topic("total"))


#: 预算50.00万元，低于预算7.62万元，比上年少支出5.52万元
SPENT_LESS = re.compile(r"[多少](?:支出?|花)了?\s?$")


def spoken_of(scene: Scene) -> tuple[Topic | None, str | None]:
    """What a change or a last year's value is about: what the clause names, else the head of a finished
    list, else what was said last, else what the sentence before was about."""
    talk = scene.talk
    topic, (aspect, _) = own_topic(scene), aspect_of(scene)
    if aspect is None and SPENT_LESS.search(scene.clause):
        aspect = "spending"
    if topic is None and (one := ALONE.match(scene.clause)):
        return (Topic("income"), "") if one["what"] == "收入" else (_headed(scene), "spending")
    strange = scene.name and not MOVED.fullmatch(scene.name)
    if topic is None and strange and not scene.setting.names.is_own(scene.name):
        return None, None
    beside = talk.topic is not None and talk.topic.key == "category" and not talk.among
    of_same = "元" in re.split("[。；]", scene.source[: scene.figure.start])[-1]
    if topic is None and beside and of_same and talk.kind == "money":
        return None, None  # 培训费9.74万元，比上年多1.26万元
    if topic is None and talk.series:
        last = talk.series[-1][0]
        finished = len(talk.series) >= 2 and "change" not in talk.series[0][1]
        # …；接待6.47万元；上年74.95万元: a semicolon ends the list
        finished = finished and (not talk.apart_last or scene.segment.parted)
        # 接待费预算1.8万元、支出0.82万元，上年支出1.19万元
        finished = finished and not (scene.prior and talk.paired)
        topic = talk.head if finished and talk.among and talk.head else last
        if finished and not talk.among and PARENTS.get(last.key) == talk.series[0][0].key:
            topic = talk.series[0][0]
        aspect = aspect or (talk.head_aspect if finished and talk.among else talk.aspect)
    elif topic is None:
        topic, aspect = (
            (talk.head if talk.among else None)
            or (None if _lost(scene) else talk.before)
            or talk.topic
            or scene.setting.topic,
            aspect or talk.before_aspect,
        )
    elif aspect is None:
        aspect = talk.aspect
    if topic is None and aspect and not scene.name and scene.setting.role in MONEY_ROLES:
        topic = Topic("total")  # 与上年相比，支出减少36.5万元
    if topic is not None and talk.series and talk.series[-1][0] == topic:
        talk.series[-1][1].add("change")
    return topic, aspect


def _lost(scene: Scene) -> bool:
    """Whether the sentence tells money of something unknown, which the project of the paragraph before is not."""
    before = scene.talk.before
    return scene.talk.lost and before is not None and before.key == "item"


def remember_change(scene: Scene, topic: Topic | None, aspect: str | None) -> None:
    """A clause that names what changed speaks of it from then on."""
    talk = scene.talk
    if topic is not None and own_topic(scene) == topic:
        talk.topic, talk.aspect = topic, aspect or "spending"
        talk.said(topic, "change")


#: 支出较2023年多811.25万元 · 基本支出少27.64万元 · 2021年合计5.77万元，今年反多0.31万元
MORE_BY = re.compile(
    r"(?:[较比](?:上一?年度?|去年|20\d\d年度?)|[今本当]年度?[反却又也倒略]|^[，；、]?(?:总|基本|项目)?(?:支出|收入))(?P<way>[多少])(?:[支花用收])?了?\s?$"
)


#: “三公”经费连降两年，本年再降0.42万元
AGAIN = re.compile(r"[今本当]年度?(?:再|又|续|继续|进一步)[增降减升]")


def word_direction(scene: Scene) -> int:
    """The direction that a word of the clause gives from a distance: 减少支出3万元."""
    if more := MORE_BY.search(scene.clause):
        return 1 if more["way"] == "多" else -1
    moves = tagged(scene.segment.near, "turn.change")
    compares = tagged(scene.segment.near, "turn.compare")
    if not moves or re.search(
        r"(?:增加|增长|减少|下降|提高|降低|上升|回落|攀升|走低|走高|上涨|下滑|滑落|调整|追加|调减|调增|压减|膨胀|扩大|压缩|缩减)(?:到|至|为|后)|在内",
        scene.source[scene.segment.near[0].start : scene.figure.start],
    ):
        return 0
    if compares and moves[-1][0].start < compares[-1][0].start:
        return 0
    later = [t for t in scene.segment.near if t.start > moves[-1][0].start and not t.tags and not t.known]
    if len(later) > 2:
        return 0
    falls = re.compile(r"减|降|节|缩|回落|收回|调剂|少|滑|走低")
    return -1 if falls.search(moves[-1][0].text) else 1
