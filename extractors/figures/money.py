"""Amounts of money: whose they are, planned or spent, of which year."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.figures.names import candidate
from extractors.figures.segments import Topic, has, tagged, year_in
from extractors.figures.setting import Decision, Scene
from extractors.language import Token
from schema.report import Stage

#: topic -> aspect -> concept; a topic that is not here makes no fact
CONCEPTS: dict[str, dict[str, str]] = {
    "total": {"budget": "budget.total", "spending": "spending.total"},
    "basic": {"budget": "budget.basic", "spending": "spending.basic"},
    "project": {"budget": "budget.project", "spending": "spending.project"},
    "personnel": {"spending": "spending.personnel"},
    "operating": {"spending": "spending.operating"},
    "three_public": {"budget": "three_public.budget", "spending": "three_public.spending"},
    "overseas": {"spending": "three_public.overseas.spending"},
    "vehicles": {"spending": "three_public.vehicles.spending"},
    "hospitality": {"spending": "three_public.hospitality.spending"},
    "procurement": {"budget": "procurement.budget", "spending": "procurement.spending"},
    "item": {"budget": "project.budget", "spending": "project.spending"},
    "income": {"": "income.total"},
    "income_fiscal": {"": "income.fiscal"},
    "carry_open": {"": "carryover.opening"},
    "carry_close": {"": "carryover.closing"},
}
OTHER_BODIES = frozenset(("本级", "局本级", "下属单位", "所属单位", "二级单位", "机关本级"))
#: what a part is a part of
PARENTS = {
    "basic": "total", "project": "total", "personnel": "basic", "operating": "basic", "item": "project",
    "overseas": "three_public", "vehicles": "three_public", "hospitality": "three_public",
    "income_fiscal": "income",
}  # fmt: skip


def within(part: str, whole: str) -> bool:
    """Whether one topic is a part of another, of a part of it, or the whole itself."""
    at: str | None = part
    while at is not None and at != whole:
        at = PARENTS.get(at)
    return at == whole


PER = re.compile(r"\s?(?:/|／|每)\s?(?:人|年|月|天|户|亩|次|家|生|村|公里|辆|台|平方米|课时|吨|套|场)")
#: what a project's name ends with where only a comma follows it
NAMED_ITEM = re.compile(r"(?:项目|工程|经费|专项|专项资金|补助资金|补助)$")
#: 50万元以上的项目 · 100万元（含）以上
LIMIT = re.compile(
    r"\s?(?:[（(](?:不?含)[）)])?(?:及?以上|及?以下|以内)(?:的|[（(]|项目|货物|资金|部分|工程)"
)
#: words of a sentence that speak of the department's whole money
WHOLE_ROLES = frozenset({"spending", "budgeting", "execution", "conclusion", "benefits"})
WHOLE_WORDS = re.compile(r"支出|预算|收支|决算|执行|资金|经费|财务|收入|概况|基本情况|自评")


def decide_money(scene: Scene) -> Decision:
    """The decision for an amount in yuan."""
    figure, segment, talk = scene.figure, scene.segment, scene.talk
    if figure.upper is not None:
        return scene.none("区间")
    if PER.match(scene.after) or has(segment.near, "not.perhead"):
        return scene.none("单位标准")
    if has(segment.near, "not.other") or (segment.near and segment.near[-1].text in OTHER_BODIES):
        return scene.none("其他口径")
    if is_foreign(scene):
        talk.foreign = True
        return scene.none("非本部门支出")
    if LIMIT.match(scene.after):
        return scene.none("目标或限额")
    if (against := _against(scene)) is not None:
        return against
    if has(_targets(scene), "not.target") or (figure.bound and not has(segment.near, "topic", "aspect")):
        return scene.none("目标或限额")
    year = scene.setting.fiscal_year
    if year and scene.period and scene.period > year:
        return scene.none("以后年度")
    if (moved := _change(scene)) is not None:
        return moved
    if scene.prior:
        return _last_year(scene)
    if has(segment.near, "turn.again") and not has(segment.near, "topic", "aspect") and talk.last:
        again: Decision = talk.last
        return replace(again, figure=figure, quantity=figure.quantity)
    topic, aspect, stage, own = resolve(scene)
    if topic is None:
        if scene.name:
            talk.topic, talk.aspect = None, None
        return Decision(figure)
    if topic.key in ("category", "other"):
        talk.topic = topic
        talk.aspect = aspect or talk.aspect
        return scene.none("明细科目或其他口径")
    table = CONCEPTS[topic.key]
    kind = "" if "" in table else (aspect or "spending")
    concept = table.get(kind)
    if talk.interim and kind == "spending":
        return scene.none("年中进度")
    _remember(scene, topic, kind, stage)
    if concept is None or ("" in table and has(scene.labels, "aspect.budget")):
        return scene.none("收入预算或分项预算")
    decided = Decision(
        figure,
        concept,
        figure.quantity,
        topic.name,
        scene.period,
        stage if kind == "budget" else None,
        confidence=0.97 if own else 0.9,
    )
    talk.last = decided
    return decided


def _targets(scene: Scene) -> list[Token]:
    """The clause without 控制在 before a budget: 控制在年初预算5.6万元以内 states that budget."""
    near = scene.segment.near
    return [t for t in near if t.text != "控制在"] if has(near, "aspect.budget") else near


def _against(scene: Scene) -> Decision | None:
    """The budget that spending is held against: 比年初预算3.45万元有所节约; or the difference to it."""
    words = tagged(scene.segment.near[-1:], "turn.against")
    if not words or scene.figure.direction:
        return None
    text = words[0][0].text
    if text[0] not in "比较与同":
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


def is_foreign(scene: Scene) -> bool:
    """Loans, investment, output: money that is not the department's."""
    near, far = scene.segment.near, scene.segment.far
    strange = tagged(near, "not.foreign")
    if strange:
        money = tagged(near, "topic", "aspect")
        return not (
            money and money[-1][0].start > strange[-1][0].start and scene.setting.names.project(scene.name)
        )
    if has(near, "topic", "aspect") or scene.name:
        return False
    return has(far, "not.foreign") or (scene.talk.foreign and not has(far, "topic", "aspect"))


def _last_year(scene: Scene) -> Decision:
    """The same money a year before: 较上年决算数5.2万元减少…."""
    topic, aspect = spoken_of(scene)
    words = "".join(t.text for t in scene.segment.near)
    aspect = "budget" if "预算" in words else ("spending" if "决算" in words or "支出" in words else aspect)
    if topic is None and not scene.name and re.search(r"支出|决算|预算", words):
        topic = Topic("total")
    concept = concept_of(topic, aspect)
    if topic is None or concept is None:
        return scene.none("以前年度")
    stage: Stage | None = "initial" if "年初预算" in words and concept.startswith("budget") else None
    talk = scene.talk
    talk.topic, talk.aspect, talk.among, talk.series = (
        topic,
        aspect or talk.aspect,
        False,
        [(topic, {"change"})],
    )
    return Decision(
        scene.figure, concept, scene.figure.quantity, topic.name, scene.period, stage, confidence=0.93
    )


def _change(scene: Scene) -> Decision | None:
    """An increase or decrease; None where the amount is a value of its own."""
    figure, segment, talk = scene.figure, scene.segment, scene.talk
    direction = figure.direction or word_direction(scene)
    if not direction:
        return None
    if has(segment.all, "turn.against"):
        talk.compare = False
        return scene.none("与预算比较")
    if not talk.compare or figure.quantity is None:
        return scene.none("增减或调整")
    topic, aspect = spoken_of(scene)
    subject = concept_of(topic, aspect)
    if subject is None or (topic and topic.key == "item"):
        return scene.none("增减或调整")
    remember_change(scene, topic, aspect)
    quantity = replace(figure.quantity, value=figure.quantity.value * direction)
    return Decision(figure, "change.amount", quantity, subject, scene.setting.fiscal_year, confidence=0.95)


def spoken_of(scene: Scene) -> tuple[Topic | None, str | None]:
    """What a change or a last year's value is about: what the clause names, else the head of a finished
    list, else what was said last, else what the sentence before was about."""
    talk = scene.talk
    topic, (aspect, _) = own_topic(scene), _aspect(scene)
    if topic is None and scene.name and not scene.setting.names.is_own(scene.name):
        return None, None
    if topic is None and talk.series:
        last = talk.series[-1][0]
        finished = len(talk.series) >= 2 and "change" not in talk.series[0][1]
        topic = talk.head if finished and talk.among and talk.head else last
        if finished and not talk.among and PARENTS.get(last.key) == talk.series[0][0].key:
            topic = talk.series[0][0]
        aspect = aspect or (talk.head_aspect if finished and talk.among else talk.aspect)
    elif topic is None:
        topic, aspect = (
            (talk.head if talk.among else None) or talk.before or talk.topic or scene.setting.topic,
            aspect or talk.before_aspect,
        )
    elif aspect is None:
        aspect = talk.aspect
    if topic is not None and talk.series and talk.series[-1][0] == topic:
        talk.series[-1][1].add("change")
    return topic, aspect


def remember_change(scene: Scene, topic: Topic | None, aspect: str | None) -> None:
    """A clause that names what changed speaks of it from then on."""
    talk = scene.talk
    if topic is not None and own_topic(scene) == topic:
        talk.topic, talk.aspect = topic, aspect or "spending"
        talk.said(topic, "change")


def word_direction(scene: Scene) -> int:
    """The direction that a word of the clause gives from a distance: 减少支出3万元."""
    moves = tagged(scene.segment.near, "turn.change")
    compares = tagged(scene.segment.near, "turn.compare")
    if not moves or re.search(
        r"(?:增加|增长|减少|下降|提高|降低|上升|调整|追加|调减|调增|压减)(?:到|至|为|后)",
        scene.source[scene.segment.near[0].start : scene.figure.start],
    ):
        return 0
    if compares and moves[-1][0].start < compares[-1][0].start:
        return 0
    later = [t for t in scene.segment.near if t.start > moves[-1][0].start and not t.tags and not t.known]
    if len(later) > 2:
        return 0
    falls = re.compile(r"减|降|节|缩|回落|收回|调剂")
    return -1 if falls.search(moves[-1][0].text) else 1


def concept_of(topic: Topic | None, aspect: str | None) -> str | None:
    """The concept that a topic has under an aspect (spending where none is said)."""
    if topic is None:
        return None
    table = CONCEPTS.get(topic.key, {})
    return table.get("") or table.get(aspect or "spending") or table.get("spending")


def resolve(scene: Scene) -> tuple[Topic | None, str | None, Stage | None, bool]:
    """Topic, aspect and stage of the figure, and whether its own clause names the topic."""
    talk, labels = scene.talk, scene.labels
    aspect, stage = _aspect(scene)
    queued = _queued(scene)
    if queued is not None:
        topic, queued_aspect, queued_stage = queued
        return topic or talk.topic, queued_aspect or aspect or talk.aspect, queued_stage or stage, True
    topic = own_topic(scene) or _sum(scene)
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
        listed = talk.among if topic.key == "total" else (talk.series or talk.among)
        if aspect is None and listed:
            aspect = talk.head_aspect if talk.among and talk.head_aspect else talk.aspect
            stage = stage or (talk.head_stage if talk.among and talk.head_aspect else talk.stage)
        if aspect == "budget" and stage is None and talk.among and talk.head_aspect == "budget":
            stage = talk.head_stage
        return topic, aspect, stage, True
    if scene.name and not has(labels, "aspect"):
        return None, None, None, False
    if scene.name:
        return None, aspect, stage, False
    topic = _continued(scene, aspect, stage)
    return topic, aspect or talk.aspect, stage or (talk.stage if aspect is None else None), False


def _sum(scene: Scene) -> Topic | None:
    """合计: the whole of the parts that were just listed."""
    spoken = "".join(t.text for t in scene.segment.near).strip()
    if (
        not re.fullmatch(r"(?:两项|三项|以上)?(?:合计|共计|总计)(?:为|达)?", spoken)
        or len(scene.talk.series) < 2
    ):
        return None
    wholes = {PARENTS.get(topic.key) for topic, _ in scene.talk.series}
    whole = wholes.pop()
    return Topic(whole) if whole and not wholes else None


def _aspect(scene: Scene) -> tuple[str | None, Stage | None]:
    found = [(token, key) for token, key in tagged(scene.labels, "aspect") if key in ("budget", "spending")]
    stages = tagged(scene.labels, "stage")
    stage: Stage | None = None
    if stages:
        stage = "initial" if stages[-1][1] == "initial" else "adjusted"
    if not found:
        return ("budget", stage) if stage else (None, None)
    aspect = found[-1][1]
    # 2022年决算数: the words of a comparison say what is compared
    return aspect, (stage if aspect == "budget" else None)


def own_topic(scene: Scene) -> Topic | None:
    """The topic that the figure's clause names: a label, or a project's name."""
    names, name = scene.setting.names, scene.name
    topics = [(t, key) for t, key in tagged(scene.labels, "topic")]
    listing = (
        scene.talk.head is not None
        and scene.talk.head.key in ("project", "item")
        and (scene.talk.among or bool(scene.talk.series))
    )
    if name and not names.is_own(name):
        prefix = _before_topic(scene)
        strong = [key for _, key in topics if key not in ("project", "category", "procurement", "total")]
        if not strong or (listing and not names.is_own(prefix)):
            if (listing or _speaks(scene)) and (project := names.project(name)):
                return Topic("item", project) if not _whole(project, scene) else Topic("project")
            if listing and not has(scene.labels, "aspect.rate", "not.foreign") and names.may_be(name):
                return Topic("item", name)
        if topics and topics[-1][1] == "project" and len(prefix) >= 4 and not names.is_own(prefix):
            return Topic("item", names.project(f"{prefix}项目") or f"{prefix}项目")
    if not topics and not name and (listed := _item_before(scene)):
        return listed
    if not topics and not name:
        topics = [(t, key) for t, key in tagged(scene.segment.far, "topic") if key != "category"]
    if topics and scene.setting.project and topics[-1][1] in ("project", "total"):
        return Topic("item", scene.setting.project)
    if topics:
        return Topic(topics[-1][1]) if topics[-1][1] != "item" else scene.talk.topic
    if has(scene.labels, "fill.project") and scene.talk.topic and scene.talk.topic.key == "item":
        return scene.talk.topic
    if has(scene.segment.near, "fill.project") and scene.talk.among and scene.talk.head == Topic("total"):
        return Topic("project")
    return None


def _item_before(scene: Scene) -> Topic | None:
    """The project that an item of a list begins with: 1.培训补助：预算20万元，支出18万元."""
    segment = scene.segment
    at = segment.near[0].start if segment.near else scene.figure.start
    mark = scene.source[at - 1 : at]
    if (
        mark not in ("：", ":", "，", ",")
        or not has(segment.near, "aspect")
        or (mark in "，," and scene.talk.series and not _enumerated(segment.far))
    ):
        return None
    name = candidate(segment.far, scene.source).strip("”“")
    if mark in "，," and (has(segment.far, "aspect") or not NAMED_ITEM.search(name)):
        return None
    if not 3 <= len(name) <= 30 or scene.setting.names.is_own(name) or re.search(r"[，。；情况]", name):
        return None
    strong = [key for _, key in tagged(segment.far, "topic") if key not in ("project", "category")]
    if strong or any(word in name for word in ("方面", "部门", "单位")):
        return None
    return Topic("item", scene.setting.names.project(name) or name)


def _enumerated(tokens: list[Token]) -> bool:
    """一是…, 2.…: an item of a list begins."""
    first = tokens[0] if tokens else None
    return first is not None and (
        bool(re.fullmatch(r"[一二三四五六七八九十]是|首先|其次", first.text)) or first.known is not None
    )


def _whole(project: str, scene: Scene) -> bool:
    """Whether the project is the department's only one: 项目支出（…业务费支出）."""
    return any(project in alias or alias in project for alias in scene.setting.aliases)


#: words of money that anybody's money may have; of a project's they speak in the sections on money only
WEAK = frozenset(
    [
        "使用",
        "安排",
        "下达",
        "拨付",
        "列支",
        "花费",
        "执行",
        "支付",
        "资金使用",
        "指标",
        "批复",
        "实际完成",
        "使用资金",
        "安排资金",
        "下达资金",
        "资金安排",
        "已拨付",
        "发放",
        "兑现",
        "兑付",
        "投入",
        "完成支出",
    ]
)
MONEY_ROLES = frozenset({"spending", "budgeting", "execution"})


def _speaks(scene: Scene) -> bool:
    """Whether the clause says budget, spending or rate in words of the field, or in a section on money."""
    words = [t.text for t, key in tagged(scene.labels, "aspect") if key in ("budget", "spending", "rate")]
    return bool(words) and (scene.setting.role in MONEY_ROLES or any(word not in WEAK for word in words))


def _before_topic(scene: Scene) -> str:
    """The unknown words right before the first topic of the clause."""
    near = scene.segment.near
    first = next(
        (i for i, t in enumerate(near) if any(tag.startswith("topic.") for tag in t.tags)), len(near)
    )
    return "".join(t.text for t in near[:first] if not t.tags and not t.known)


def _queued(scene: Scene) -> tuple[Topic | None, str | None, Stage | None] | None:
    """The next part of "A和B分别为1、2": topics or aspects in the order in which they were said."""
    talk, segment = scene.talk, scene.segment
    own = [t for t in segment.near if t.tags and not all(tag.startswith("fill") for tag in t.tags)]
    each = tagged(segment.all, "turn.each")
    if each and not scene.name:
        before = [t for t in segment.all if t.start < each[-1][0].start]
        after = [t for t in segment.all if t.start > each[-1][0].start]
        if not has(after, "topic"):
            talk.queue = _queue(scene, before, after)
    elif own or scene.name:
        talk.queue = []
    return talk.queue.pop(0) if talk.queue else None


def _queue(scene: Scene, before: list, after: list) -> list[tuple[Topic | None, str | None, Stage | None]]:  # type: ignore[type-arg]
    topics = [Topic(key) for _, key in tagged(before, "topic")]
    aspects: list[tuple[str, Stage | None]] = []
    for token in before:
        kinds = [key for _, key in tagged([token], "aspect") if key in ("budget", "spending")]
        stages = [key for _, key in tagged([token], "stage")]
        if kinds:
            aspects.append(
                (kinds[0], ("initial" if stages[0] == "initial" else "adjusted") if stages else None)
            )
    aspect = [key for _, key in tagged(after, "aspect") if key in ("budget", "spending")]
    if len(topics) >= 2:
        common = aspects[-1] if aspects else ((aspect[-1], None) if aspect else (scene.talk.aspect, None))
        return [(topic, common[0], common[1]) for topic in topics]
    if len(aspects) >= 2:
        topic = topics[0] if topics else scene.talk.topic or Topic("total")
        return [(topic, kind, stage) for kind, stage in aspects]
    if len(scene.talk.series) >= 2 and not topics:
        return [(topic, aspect[-1] if aspect else None, None) for topic, _ in scene.talk.series]
    return []


def _continued(scene: Scene, aspect: str | None, stage: Stage | None) -> Topic | None:
    """The topic of a figure that names none: what the sentence speaks of, else the department's whole."""
    talk, setting = scene.talk, scene.setting
    if talk.topic is not None and talk.series:
        last, aspects = talk.series[-1]
        if aspect is not None and "" in CONCEPTS.get(last.key, {}):
            talk.series, talk.among, talk.head = [], False, None
            return setting.topic or Topic("total")
        if aspect is None:
            moved = "change" in aspects and has_year(scene.segment.near)
            return talk.topic if moved or _bare_list(scene) else None
        said = f"{aspect}:{stage or ''}"
        if len(talk.series) >= 2 and said not in aspects:
            first = talk.series[0][1]
            if len(first) == 1 and said not in first and talk.head and talk.among:
                return talk.head
            if len(first) == 1 and said not in first and last != talk.series[0][0]:
                return talk.head if talk.among and talk.head else talk.series[0][0]
        if said in aspects and last.key == "item":
            return None
        return last
    if talk.topic is not None:
        strange = any(not t.tags and t.known is None and t.text.strip() for t in scene.segment.near)
        return None if aspect is None and strange else talk.topic
    if setting.topic is not None:
        return setting.topic
    if aspect is None:
        return None
    headed = any(WHOLE_WORDS.search(title) for title in setting.headings)
    if setting.role in WHOLE_ROLES or headed or not setting.headings:
        weak = [t.text for t, _ in tagged(scene.labels, "aspect")]
        if weak and all(word in WEAK for word in weak) and setting.role not in MONEY_ROLES:
            return None
        return Topic("total")
    return None


def has_year(tokens: list[Token]) -> bool:
    return any(year_in(token) for token in tokens) or has(tokens, "period")


def _bare_list(scene: Scene) -> bool:
    """A figure with nothing said before it but a mark: the second part of A、B."""
    return scene.segment.clauses > 0 and not scene.segment.all


def _remember(scene: Scene, topic: Topic, kind: str, stage: Stage | None) -> None:
    talk = scene.talk
    talk.topic, talk.aspect, talk.stage, talk.foreign = topic, kind or talk.aspect, stage, False
    if talk.among and topic == talk.head and talk.series:
        talk.among, talk.series = False, []
        talk.head_aspect, talk.head_stage = kind, stage
    if talk.head is None or (not talk.among and topic.key == "total"):
        talk.head, talk.head_aspect, talk.head_stage = topic, kind, stage
    talk.said(topic, f"{kind}:{stage or ''}")
    apposed = "".join(t.text for t in scene.setting.apposed)
    if topic.key == "project" and apposed and not re.search(r"\d|含|以下|见|详", apposed):
        scene.setting.aliases.append(re.sub(r"支出$", "", apposed))
    scene.setting.apposed = []
