"""What a figure is of whose clause does not say all: the sentence's list, its head, its row of parts."""

from __future__ import annotations

import re

from extractors.figures.aspects import BARE_SPENT, WITHIN, aspect_of
from extractors.figures.concepts import CONCEPTS, topic_of
from extractors.figures.names import BASED
from extractors.figures.parts import PARENTS, shared_whole, whole_of
from extractors.figures.segments import BEFORE_LAST, Talk, Topic, has, speaks, tagged, year_in
from extractors.figures.setting import Scene
from extractors.figures.topics import INCOMES, MONEY_ROLES, PUBLIC, WEAK, own_topic, spoken_topics
from extractors.figures.turns import became
from extractors.language import Token
from schema.report import Stage

#: words of a sentence that speak of the department's whole money
WHOLE_ROLES = frozenset({"spending", "budgeting", "execution", "conclusion", "benefits"})
WHOLE_WORDS = re.compile(r"投入|过程|支出|预算|收支|决算|执行|资金|经费|财务|收入|概况|基本情况|自评")


#: 预算980万元，其中：工程费620万元、其他费用360万元；支出936.35万元: the whole again, of the other side
ON_THE_OTHER_SIDE = re.compile(
    r"预算[^；。支]*(?:其中|包括)[^；。支]*；(?:已|共|实际|全年|当年|累计)*支出[为了]?\s?$"
)


def _whole_again(scene: Scene) -> tuple[Topic, str | None, Stage | None] | None:
    """What a figure is of whose clause begins the whole anew, whatever part of it was told last."""
    talk, single, clause = scene.talk, scene.setting.single, scene.clause.strip()
    if single and ON_THE_OTHER_SIDE.search(scene.sentence):
        return single, "spending", None
    if talk.shifted and YEAR_BESIDE.search(scene.sentence) and (changed := topic_of(talk.shifted[0])):
        return changed, "spending" if "spending" in CONCEPTS[changed.key] else None, None
    partial = talk.topic is not None and "budget" not in CONCEPTS.get(talk.topic.key, {})
    if talk.added and partial and not single and AFTER_CHANGE.fullmatch(clause):
        return Topic("total"), "budget", "adjusted"
    if talk.balanced and BARE_SIDE.fullmatch(clause):
        return Topic("total"), "budget", talk.stage
    return None


def resolve(scene: Scene) -> tuple[Topic | None, str | None, Stage | None, bool]:
    """Topic, aspect and stage of the figure, and whether its own clause names the topic."""
    talk, labels = scene.talk, scene.labels
    aspect, stage = aspect_of(scene)
    queued = _queued(scene)
    if queued is not None:
        topic, queued_aspect, queued_stage = queued
        return topic or talk.topic, queued_aspect or aspect or talk.aspect, queued_stage or stage, True
    if (again := _whole_again(scene)) is not None:
        return *again, True
    topic = own_topic(scene) if has(scene.segment.near, "topic") or not _sum(scene) else None
    if not scene.talk.among and SUM_SPENT.fullmatch(scene.spoken.strip()) and not has(labels, "topic"):
        topic = whole_of(talk.series) or topic  # 接待费1万元，公车9万元，共计支出10万元
    summed = re.fullmatch(r"(?:合计|共计|总计)(?:为|达)?", scene.spoken.strip())
    if topic is None and summed and talk.added and talk.aspect == "budget" and talk.topic:
        return talk.topic, "budget", "adjusted", True  # 经批准调增180万元，合计4,380万元
    if topic is None and not talk.series and (side := _side(scene)):
        return side, "" if side.key == "income" else "spending", None, True
    if topic is None and talk.portion and scene.setting.single and SUM_UP.fullmatch(scene.spoken.strip()):
        return scene.setting.single, talk.portion, None, True  # 第一次147万元，第二次…，三次总计486.3万元
    if topic is None and (whole := _sum(scene)):
        if talk.paid and scene.setting.single:
            aspect = aspect or "budget"
        return whole, aspect or talk.aspect, stage or (talk.stage if aspect is None else None), True
    if (
        topic is None
        and not has(labels, "aspect")
        and not scene.name
        and not scene.segment.far
        and not talk.topic
    ):
        return None, None, None, False
    if topic is not None:
        # 预算100万元，总支出95万元: the whole begins anew where it is not a part
        anew = topic.key == "total" or topic == scene.setting.single
        listed = (talk.among and not talk.paid) if anew else (talk.series or talk.among)
        if aspect is None and topic.key != "total" and has(labels, "topic.total"):
            aspect = "spending"  # “三公”经费预算21万元，支出合计18.93万元
        if aspect is None and listed and not talk.among and _said_as_planned(scene, topic):
            aspect = "spending"  # 年初基本支出预算1,418万元，全年基本支出1,455万元
        if aspect is None and topic.key == "total" and talk.balanced:
            aspect, stage = "budget", talk.stage  # 年初预算收入100万元，总支出100万元
        if aspect is None and listed and _whole_spent(scene, topic):
            aspect = "spending"
        if aspect is None and listed:
            unsaid = talk.among and scene.segment.parted and talk.series and "" in talk.series[-1][1]
            if not unsaid:  # 监督抽检312.50万元，当年预算320.00万元；设备监管64.28万元
                aspect = talk.head_aspect if talk.among and talk.head_aspect else talk.aspect
            stage = stage or (talk.head_stage if talk.among and talk.head_aspect else talk.stage)
            last = talk.series[-1][0] if talk.series else topic
            beside = last != topic and PARENTS.get(last.key) == PARENTS.get(topic.key)
            own = talk.series[-1][1] if beside and not scene.segment.parted else set()
            if talk.among and own == {"spending:"}:
                aspect, stage = "spending", None  # 其中基本A、项目B；决算中基本支出C，项目支出D
            if not talk.among and beside and talk.lead and talk.paired:
                aspect, stage = talk.lead  # 基本支出A，对应全年预算B；项目支出C，对应…
            spent = any(speaks(said, "spending") for _, said in talk.closed)
            if aspect == "budget" and "budget" not in CONCEPTS.get(topic.key, {}) and talk.among and spent:
                # “三公”经费支出8.63万元，预算10万元。其中，公务接待费1.51万元
                aspect, stage = "spending", None
        if aspect == "budget" and stage is None and talk.among and talk.head_aspect == "budget":
            stage = talk.head_stage
        goes_on = talk.among or (scene.setting.before_stage and talk.series)  # 其中 began the paragraph
        if aspect == "budget" and stage is None and goes_on and topic.key in ("basic", "project"):
            stage = talk.total_stage  # 部门预算（调整后）A，执行数B，其中基本支出预算…
        if aspect == "budget" and stage is None and talk.aspect == "budget" and _divided(scene, topic):
            stage = talk.stage  # 调整后为6,894万元，基本支出预算432万元，项目支出预算6,462万元
        return topic, aspect, stage, True
    if (
        topic is None
        and talk.topic
        and aspect is None
        and talk.compare
        and became(scene.source, scene.figure.start)
    ):
        return talk.topic, talk.aspect, None, True  # 公用经费由236.40万元减为221.63万元
    plain = re.sub(r"(?:20\d\d年度?|全年|本年度?)+", "", scene.name)
    # 预算9.5万元，发生7.86万元 · 支出7.86万元，未突破9.5万元的预算
    plainly = BARE_SPENT.fullmatch(scene.clause.strip()) or (
        aspect == "budget" and WITHIN.search(scene.clause)
    )
    stranger = (
        scene.name and not plainly and not (scene.setting.names.is_own(plain) and has(labels, "aspect"))
    )
    stranger = stranger and not _on_a_ground(scene)
    if stranger and not has(labels, "aspect"):
        return None, None, None, False
    if stranger:
        return None, aspect, stage, False
    topic = _continued(scene, aspect, stage)
    return topic, aspect or talk.aspect, stage or (talk.stage if aspect is None else None), False


#: 人员经费增补66.66万元，两项共调增2,164.91万元，调整后6,284.91万元: the whole again, behind what was added to parts of it
AFTER_CHANGE = re.compile(r"[，、]?(?:经)?调整后的?(?:全年|部门)*(?:预算)?(?:数|总额)?(?:为|达|共)?")
#: 追加382万元，其中…，全年预算变为5,618.40万元
BECOMES = re.compile(r"(?:变|增|调整|升|降|减)(?:为|至|到)\s?$")
#: 同比下降11.08%（2022年为21.30万元）: what changed, the year before
YEAR_BESIDE = re.compile(r"(?:[%％元][（(]|；)20\d\d年度?(?:为|是|支出|决算)?\s?$")
#: 年初预算收入1,204.5万元，支出1,204.5万元: the other side of the same plan
BARE_SIDE = re.compile("[，、]?(?:安排)?支出(?:也?为|也是)?")
#: 收入方面，全年1,860万元 · under 本年支出: 共计396万元，按功能分类…
SIDE = re.compile(
    r"^\s?(?:从)?(?P<what>收入|支出)(?:方面|来看|上看|端)?[，：]\s?(?:本年|全年|当年|20\d\d年度?)?(?:共计?|合计|实际|总计|累计)*[为是]?\s?$"
)
SIDES = re.compile(r"^(?:本年|当年|全年|年度|总)(?:度)?(?P<what>支出)(?:情况|总额|总体情况)?$")
BARE_SUM = re.compile(r"\s?(?:共计|合计|总计)[为是]?\s?")


def _side(scene: Scene) -> Topic | None:
    """The side of the department's books that a bare sum is of, by the words that begin its sentence or the heading."""
    if scene.setting.single:
        return None
    headings = scene.setting.headings
    headed = SIDES.match(headings[-1].strip(" 。：:")) if headings else None
    found = SIDE.match(scene.sentence) or (headed if BARE_SUM.fullmatch(scene.sentence) else None)
    return Topic("income" if found["what"] == "收入" else "total") if found else None


def _on_a_ground(scene: Scene) -> bool:
    """Whether what a project was just granted is paid on some ground: 下达45万元，按卷宗评级发放44万元."""
    topic, series = scene.talk.topic, scene.talk.series
    granted = topic is not None and topic.key == "item" and bool(series) and series[-1][0] == topic
    return bool(
        granted
        and BASED.match(scene.name)
        and has(scene.segment.near, "aspect.spending")
        and speaks(series[-1][1], "budget")
        and not speaks(series[-1][1], "spending")
    )


#: 减船转产补助是最大一笔，全年发放1,940万元: what is done with a grant, never with all that is spent
HANDED_OUT = frozenset(("发放", "兑现", "兑付"))
SUM_SPENT = re.compile(
    r"(?:以上|[两二三]项)?(?:合计|共计|总计|总共|共)(?:支出|开支|使用|花费|列支)(?:为|是|达)?"
)
SUM_UP = re.compile(
    r"(?:全年|累计|[二三四五六七八两]?[次批期项笔])?(?:合计|共计|总计|合起来|共)(?:为|达|支付|拨付|支出)?"
)


def _said_as_planned(scene: Scene, topic: Topic) -> bool:
    """Whether a topic is named again right behind its budget: as of the year behind its initial one, or as spent."""
    series = scene.talk.series
    if not series or series[-1][0] != topic or has(scene.labels, "stage"):
        return False
    if topic.key in PUBLIC and series[-1][1] <= BUDGETS and NAMED_SPENT.search(scene.clause):
        return True
    return series[-1][1] == {"budget:initial"} and has(scene.segment.near, "period.same", "period.this")


def _whole_spent(scene: Scene, topic: Topic) -> bool:
    """Whether the whole is named again behind a budget and its parts: 部门预算1,246.80万元，其中基本支出768.35万元，项目支出
    458.45万元；全年支出1,199.42万元."""
    talk = scene.talk
    parts = {told.key for told, _ in talk.series}
    planned = talk.head == topic and talk.head_aspect == "budget" and {"basic", "project"} <= parts
    return topic.key == "total" and planned and NAMED_SPENT.search(scene.clause) is not None


BUDGETS = frozenset(("budget:", "budget:initial", "budget:adjusted"))
#: “三公”经费预算8.50万元，“三公”经费支出6.74万元: names that hold 支出 whatever is told of them, but behind a budget
NAMED_SPENT = re.compile(r"(?<!预算)支出(?:数|额|总额|合计)?(?:[为是共：:]|达到?)?\s?$")


def _divided(scene: Scene, topic: Topic) -> bool:
    """Whether a part follows its whole, or another part of it, in the same clause of the sentence."""
    series = scene.talk.series
    whole = PARENTS.get(topic.key)
    return (
        bool(series)
        and not scene.segment.parted
        and whole in (series[-1][0].key, PARENTS.get(series[-1][0].key))
    )


#: 货物采购7.2万元、服务采购19.6万元，共
BOUGHT = re.compile(
    r"(?:货物|服务|工程)(?:类)?采购[^，。；]*元[、，和][^，。；]*(?:货物|服务|工程)(?:类)?采购[^，。；]*元，?(?:[两三]项)?(?:合计|共计?|总计)(?:为|支出)?\s?$"
)
INCOME_SUM = re.compile(r"(?:收入)?(?:合计|总计|共计)(?:为|达)?")


def _only_income(series: list[tuple[Topic, set[str]]]) -> bool:
    """Whether nothing but granted money was told: 收入方面，财政拨款588万元、事业收入12万元，总计…"""
    return bool(series) and all(topic.key == "income_fiscal" for topic, _ in series)


def _sum(scene: Scene) -> Topic | None:
    """合计: the whole of the parts that were just listed."""
    spoken = scene.spoken.strip()
    if BOUGHT.search(scene.sentence):
        return Topic("procurement")
    if INCOME_SUM.fullmatch(spoken) and INCOMES.search(scene.sentence) and _only_income(scene.talk.series):
        return Topic("income")
    if scene.talk.paid and scene.setting.single and re.fullmatch(r"(?:合计|共计|总计)(?:为|达)?", spoken):
        return scene.setting.single  # 省财政下达186.5万元，县财政配套18.65万元，合计205.15万元
    if (
        not re.fullmatch(
            r"(?:两项|三项|以上)?(?:合计|共计?|总计|总共|合起来|加起来|加在一起|相加|加总|之和|之总)(?:为|达|共|即)?",
            spoken,
        )
        or len(scene.talk.series) < 2
    ):
        return None
    return shared_whole(scene.talk.series)


def _queued(scene: Scene) -> tuple[Topic | None, str | None, Stage | None] | None:
    """The next part of "A和B分别为1、2": topics or aspects in the order in which they were said."""
    talk, segment = scene.talk, scene.segment
    own = [t for t in segment.near if t.tags and not all(tag.startswith("fill") for tag in t.tags)]
    each = tagged(segment.all, "turn.each")
    if each and not scene.name:
        before = [t for t in segment.all if t.start < each[-1][0].start]
        after = [t for t in segment.all if t.start > each[-1][0].start]
        if not has(after, "topic"):
            talk.queue = _queue(scene, before, after) or _unnamed(scene)
    elif own or scene.name:
        talk.queue = []
    return talk.queue.pop(0) if talk.queue else None


def _unnamed(scene: Scene) -> list[tuple[Topic | None, str | None, Stage | None]]:
    """A long row of amounts of things that the sentence does not name: 对应的预算依次是210万元、180万元、97万元."""
    several = scene.row >= 3 and not scene.talk.years and not has_year(scene.segment.all)
    return [(Topic("other"), None, None)] * scene.row if several else []


def _queue(scene: Scene, before: list, after: list) -> list[tuple[Topic | None, str | None, Stage | None]]:  # type: ignore[type-arg]
    topics = spoken_topics(before, scene.row)
    aspects: list[tuple[str, Stage | None]] = []
    for token in before:
        kinds = [key for _, key in tagged([token], "aspect") if key in ("budget", "spending")]
        stages = [key for _, key in tagged([token], "stage")]
        if kinds:
            aspects.append(
                (kinds[0], ("initial" if stages[0] == "initial" else "adjusted") if stages else None)
            )
    aspect = [key for _, key in tagged(after, "aspect") if key in ("budget", "spending")]
    aspects = _staged(before, scene.row) or aspects
    if scene.row == 2 and "调整前后" in scene.sentence and aspects and aspects[-1][0] == "budget":
        aspects = [("budget", "initial"), ("budget", "adjusted")]
    if len(topics) == 1 and len(aspects) == 1 and scene.row == len(scene.talk.pattern) >= 2:
        aspects = list(scene.talk.pattern)  # 年初预算、调整后预算、决算支出依次为…；其中基本支出依次为…
    if len(topics) >= 2:
        common = aspects[-1] if aspects else ((aspect[-1], None) if aspect else (scene.talk.aspect, None))
        carried = scene.talk.stage if common[0] == scene.talk.aspect == "budget" else None
        return [(topic, common[0], common[1] or carried) for topic in topics]
    if len(aspects) >= 2:
        topic = topics[0] if topics else scene.talk.topic or Topic("total")
        scene.talk.pattern = tuple(aspects)
        return [(topic, kind, stage) for kind, stage in aspects]
    if len(scene.talk.series) >= 2 and not topics:
        told = scene.talk.series[-scene.row :] if scene.row >= 2 else scene.talk.series
        return [(topic, aspect[-1] if aspect else None, None) for topic, _ in told]
    return []


def _staged(before: list[Token], row: int) -> list[tuple[str, Stage | None]]:
    """基本支出预算分年初、全年两个口径，分别为…: the stages that a row of budgets goes through."""
    stages: list[tuple[str, Stage | None]] = []
    for token in before:
        said = [key for _, key in tagged([token], "stage")]
        if said:
            stages.append(("budget", "initial" if said[0] == "initial" else "adjusted"))
        elif stages and has([token], "period.same"):
            stages.append(("budget", "adjusted"))
    return stages if row >= 2 and len(stages) == row and len(set(stages)) == row else []


def _continued(scene: Scene, aspect: str | None, stage: Stage | None) -> Topic | None:
    """The topic of a figure that names none: what the sentence speaks of, else the department's whole."""
    if scene.talk.lost and scene.talk.topic is None and not (scene.setting.single and aspect):
        # the sentence speaks of something that no label and no project's name explains
        if scene.talk.added and stage == "adjusted" and not scene.setting.single:
            # 压减项目118万元，追加专项206万元，全年预算变为4,100万元
            return scene.setting.topic or Topic("total")
        whole = aspect and has(scene.segment.near, "period.same")
        return scene.setting.single if whole else None  # 春季发放126万元…，全年共发放257万元
    topic = _spoken(scene, aspect, stage)
    planned = scene.talk.income_planned and aspect == "budget" and topic == Topic("income")
    if topic is not None and aspect is not None and "" in CONCEPTS.get(topic.key, {}) and not planned:
        return scene.setting.topic or Topic("total")  # income and carry-over are neither planned nor spent
    return topic


#: 上年支出A，其中基本支出B、项目支出C；前年支出D: the whole again, of another year
ALL_OF_A_YEAR = re.compile(r"(?:20\d\d年度?|前年)(?:全年|决算|实际)*支出(?:总额|合计)?[为是]?")


def _spoken(scene: Scene, aspect: str | None, stage: Stage | None) -> Topic | None:
    talk, setting = scene.talk, scene.setting
    budget_again = stage and aspect == "budget" and talk.head and "budget" in CONCEPTS.get(talk.head.key, {})
    if talk.among and budget_again and (scene.segment.parted or BECOMES.search(scene.clause)):
        return talk.head  # 年初预算…，其中…；调整后预算…: the whole again, after its parts
    if talk.among and scene.segment.parted and ALL_OF_A_YEAR.fullmatch(scene.clause.strip()):
        return talk.head
    if stage and aspect == "budget" and _halves_told(talk, f"budget:{stage}"):
        return Topic("total")  # 追加后基本支出1,968万元、项目支出6,897万元，全年预算8,865万元
    beside = talk.topic is not None and talk.topic.key in ("other", "category")
    if beside and setting.own is None and aspect == "budget" and stage and "元" not in scene.sentence:
        return setting.topic or Topic("total")  # …，其他收入57.00万元。全年预算为3,642.55万元
    if setting.single and beside and aspect is not None:
        return setting.single  # 其中培训补贴62万元…，全年支出78万元: the project again, after its parts
    if talk.topic is not None and talk.series:
        last, aspects = talk.series[-1]
        spoken = scene.spoken
        if talk.income_planned and last.key == "income" and aspect == "budget" and "支出" not in spoken:
            return last  # 收入预算为1,944万元，调整预算数为2,380万元
        if aspect is not None and "" in CONCEPTS.get(last.key, {}):
            talk.series, talk.among, talk.head = [], False, None
            return setting.topic or Topic("total")
        if aspect is None:
            moved = has_year(scene.segment.near) and ("change" in aspects or _another_year(scene))
            return talk.topic if moved or _bare_list(scene) else None
        parent = PARENTS.get(last.key)
        if (
            aspect == "budget"
            and "budget" not in CONCEPTS.get(last.key, {})
            and parent == talk.series[0][0].key
        ):
            return talk.series[0][0]  # “三公”经费支出63万元；公车55万元，接待8万元；全年预算为71万元
        held = aspect == "budget" and talk.among and talk.head and parent == talk.head.key
        if held and WITHIN.search(scene.clause) and "budget" not in CONCEPTS.get(last.key, {}):
            return talk.head  # “三公”经费支出25万元。其中公车10万元，接待15万元，均未突破28万元的预算
        if aspect == "budget" and _item_of_planned(talk, last):
            return last  # “三公”经费预算168万元，…：公务用车费131.27万元，预算数150万元
        item = parent == "three_public" and talk.apart_last and not scene.segment.parted
        if aspect == "budget" and item:
            return last  # …出国0万元；公务用车费14.38万元，预算16万元，…；接待费8.08万元，预算12万元
        said = f"{aspect}:{stage or ''}"
        if len(talk.series) >= 2 and said not in aspects and PARENTS.get(talk.series[0][0].key) == last.key:
            return last  # 接待费1万元，公车9万元，共计10万元，没有突破12万元预算
        if len(talk.series) >= 2 and said not in aspects:
            # of the first part; the last one alone tells of no other: …；公务用车费预算54万元，支出49.75万元
            first = next((kinds for _, kinds in talk.series[:-1] if "change" not in kinds), set())
            if len(first) == 1 and said not in first and talk.head and talk.among:
                return talk.head
            if (
                len(first) == 1
                and said not in first
                and last != talk.series[0][0]
                and first is talk.series[0][1]
            ):
                return talk.head if talk.among and talk.head else talk.series[0][0]
        if said in aspects and last.key == "item" and last != setting.single:
            return None
        return last
    if talk.topic is not None:
        clause = scene.segment.all if setting.single else scene.segment.near
        strange = any(not t.tags and t.known is None and t.text.strip() for t in clause)
        named = setting.anchor and setting.anchor in scene.heard
        return None if aspect is None and strange and not named else talk.topic  # （1）旧区改造，1,250万元
    if setting.topic is not None:
        return setting.topic
    if aspect is None:
        return None
    headed = any(WHOLE_WORDS.search(title) for title in setting.headings)
    if setting.role in WHOLE_ROLES or headed or not setting.headings:
        weak = [t.text for t, _ in tagged(scene.labels, "aspect")]
        if weak and all(word in WEAK for word in weak) and setting.role not in MONEY_ROLES:
            return None
        if weak and HANDED_OUT.issuperset(weak):
            talk.lost = True
            return None
        return Topic("total")
    return None


def _halves_told(talk: Talk, said: str) -> bool:
    """Whether both halves of the whole were the last told under one aspect."""
    halves = talk.series[-2:]
    return {topic.key for topic, _ in halves} == {"basic", "project"} and all(
        said in kinds for _, kinds in halves
    )


def _item_of_planned(talk: Talk, last: Topic) -> bool:
    """Whether what was told last is an item without a budget of its own, of a whole whose budget is told."""
    planned = any(topic == talk.head and speaks(kinds, "budget") for topic, kinds in talk.closed)
    return talk.among and planned and last != talk.head and "budget" not in CONCEPTS.get(last.key, {})


def _another_year(scene: Scene) -> bool:
    """Whether a clause says no more than that its amount is of another year than the one before it."""
    last = scene.talk.last
    bare = re.fullmatch(r"[\s，、]*(?:20\d\d年度?|本年度?|今年|当年)的?(?:为|是|则为)?\s?", scene.clause)
    return last is not None and last.period != scene.period and bare is not None


def has_year(tokens: list[Token]) -> bool:
    years = (year_in(token) or token.text == BEFORE_LAST for token in tokens)
    return any(years) or has(tokens, "period")


def _bare_list(scene: Scene) -> bool:
    """A figure with nothing said before it but a mark: the second part of A、B."""
    joined = [t.text for t in scene.segment.all] in (["和"], ["与"], ["及"])
    return joined or (scene.segment.clauses > 0 and not scene.segment.all)
