"""Percentages: execution rates, shares and changes told apart from all other rates."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.figures.bases import (
    BESIDE,
    HELD_BACK,
    OF_WORKS,
    ROUGHLY,
    made_of,
    of_two,
    of_unknown,
    of_whole_year,
    of_work,
    rated_again,
    share_of_rest,
    shortly,
    supposed,
)
from extractors.figures.changes import (
    HOW_MUCH,
    each_change,
    of_whole,
    remember_change,
    signed,
    since_earlier,
    spoken_of,
    word_direction,
)
from extractors.figures.concepts import concept_of
from extractors.figures.continuity import has_year
from extractors.figures.kinds import decide_rate_by_kind
from extractors.figures.money import is_foreign
from extractors.figures.parts import SHORT, rates_nobodys, within
from extractors.figures.segments import Talk, Topic, has, speaks, tagged
from extractors.figures.setting import Decision, Scene
from extractors.figures.several import decide_rate_of_several
from extractors.figures.topics import SHORT_WORD, WHOLE, own_topic, spoken_topics
from schema.report import Stage

RATES = {"total": "rate.total", "basic": "rate.basic", "project": "rate.project", "item": "project.rate"}
#: how a share's subject calls a topic
NAMES = {
    "total": "总支出", "basic": "基本支出", "project": "项目支出", "personnel": "人员经费",
    "operating": "公用经费", "three_public": "三公经费", "overseas": "因公出国（境）费",
    "vehicles": "公务用车购置及运行维护费", "hospitality": "公务接待费", "procurement": "政府采购支出",
    "income": "总收入", "income_fiscal": "财政拨款收入",
}  # fmt: skip


#: how a clause calls the whole of a share otherwise
SHORT_NAMES = {
    "total": "支出总额", "three_public": "“三公”经费", "procurement": "政府采购",
    "income": "收入", "income_fiscal": "财政拨款",
}  # fmt: skip
#: 完成项目支出调整预算的97.14% · 为调整预算数的95%
OF_BUDGET = re.compile(r"(?:占|完成|为|达到?)[^，。；、]{2,16}(?:预算|预算数|预算总额|预算金额)的?$")


#: 中央资金120万元，执行率100%；省级资金…
NEXT_PAYER = re.compile(r"\s?[；;，,、]\s?(?:中央|省|市|县|区|州|地方|自治区|上级|本级)")
#: 全年预算3,980万元，支出3,902万元，完成98.03%
DONE = re.compile(
    r"\s?(?:计算|口径)?(?:已|全年|累计|共)?(?:预算|支出|资金)?(?:完成|执行)(?:了|比例|进度)?(?:为|达到?)?"
)
#: 决算数与调整预算数差异率2.37%
GAP = re.compile(r"(?:差异|偏差|偏离)(?:率|度|幅度)[为是]?\s?$")
OF_PLAN = re.compile(r"占[^，。；]{0,8}预算(?:数|总额)?的?\s?$")
#: 总支出完成98.43% · 项目支出完成95.45%
COMPLETED = re.compile(
    r"(?:支出|预算|经费)(?:执行)?(?:进度|(?:已|全年|累计|共)?完成(?:了|比例|进度)?)(?:为|是|达到?)?\s?$"
)

#: 预算执行率达到100%, which among goals and measures is what is aimed at
AIMED = re.compile(r"(?:达到?|达标|为|实现|保持在?|控制在|≥|率)\s?$")


#: 约为全部支出的43.3%
OF_SPENDING = re.compile(
    r"(?:为|是|相当于)(?:全部|总|全年|当年|整体|部门|本年)(?:总?支出)(?:总额|合计|总数)?的\s?$"
)


#: 下达615.2万元，发放609.87万元，发放率99.13%
HANDED = re.compile(r"(?:资金)?(?:发放|兑现|拨付|兑付|进度)率?(?:为|达|达到)?")
#: 支出总额与全年预算数之比为96.45% · 预算执行率=实际支出1,332.14万元÷预算数1,386.2万元×100%=96.1%
COMPARED = re.compile(
    r"支出[^，。；]{0,8}与[^，。；]{0,10}预算(?:数|总额)?(?:之比|的比例|相比)[为是]?\s?$|(?:执行|支付|完成|支出)率[=＝][^。；=＝]*[÷/／][^。；=＝]*[=＝]\s?$"
)
#: 建档率, 亮灯率, 满意度: no rate of money
OTHER_RATE = re.compile(r"(?:率|度|比例|比重|占比)[为是达到约高]*$")


#: 支出率未达90% · 执行率不足80%
SHORT_OF = re.compile(r"(?:(?:未|没有?|未能|尚未|不)(?:达|达到|到)|不足|未满)\s?$")

#: 预算执行率达到100%得满分，未达到的按比例计分: what the points are given for
EARNS = re.compile(
    r"\s?(?:及?以上)?(?:(?:的|者|时)[，,]?(?:得|计|记)满分|[，,]?(?:得|计|记)满分[，,；;](?:未达|没达|未满|否则|低于|不足|不到|不满|每|其余))"
)
#: 9.70%的增幅
GROWN = re.compile(r"\s?的(?:(?P<up>增幅|涨幅|升幅|增长率|增速)|降幅|减幅|跌幅)")


#: 省级为民办实事任务完成100%: of work, not of money
TASK_DONE = re.compile(r"(?:任务|事项|工程量|指标)(?:均|都|全部)*完成(?:率|比例)?(?:为|达到?)?\s?$")
#: 净增86.72万元，为年初预算的3.74% · 项目追加63.80万元，占项目年初预算的36.71%: what was added, of the budget
OF_ADDED = re.compile(
    r"(?:净增|增加|追加|调增|净减|调减|核减|增补)了?(?:资金|预算|指标)?\s?\d[\d,.]*\s?[万亿]?元，(?:为|占|相当于)(?:部门|项目|全年)?年初(?:部门)?预算(?:数|总额)?的\s?$"
)


def decide_percent(scene: Scene) -> Decision:
    """The decision for a percentage."""
    figure, segment, talk = scene.figure, scene.segment, scene.talk
    if figure.upper is not None:
        return scene.none("区间")
    labels = scene.labels
    if "点" in figure.unit:
        return scene.none("百分点")
    if (
        figure.bound
        or has(segment.near, "not.target", "not.quote")
        or SHORT_OF.search(scene.before)
        or EARNS.match(scene.after)
    ):
        return scene.none("目标或限额")
    if OF_ADDED.search(scene.source[: figure.start]):
        return scene.none("增减幅度")
    if TASK_DONE.search(scene.source[: figure.start]):
        return scene.none("其他比率")
    told = _both_said(talk)  # 下达312万元，支出312万元，执行率100%
    aimed = scene.setting.role in ("goals", "improvements") and not told
    if aimed and AIMED.search(scene.source[: figure.start]):
        return scene.none("目标或限额")
    if re.match(r"\s?(?:的|以上的)(?:项目|单位|部门|资金|有|指标)", scene.after):
        return scene.none("其他比率")
    if talk.interim and talk.kind == "percent" and re.fullmatch("[、，和及]?", scene.clause):
        return scene.none("年中进度")  # 6月末、9月末的执行进度依次为51.10%、75.85%
    year = scene.setting.fiscal_year
    if year and scene.period and scene.period > year:
        return scene.none("以后年度")
    if (told and HANDED.fullmatch(scene.spoken.strip())) or COMPARED.search(scene.source[: figure.start]):
        return _rate(scene)
    if has(labels, "not.rate"):
        return scene.none("其他口径" if GAP.search(scene.clause) else "其他比率")
    if (of_rest := share_of_rest(scene.sentence)) and scene.labels:
        return _of_rest(scene, of_rest)
    if SPREAD.match(scene.source, figure.end) and SPREAD_FROM.search(scene.source[: figure.start]):
        return scene.none("区间")
    if supposed(scene.sentence, scene.source[figure.end :]):
        return scene.none("假设")
    if (of_kind := decide_rate_by_kind(scene)) is not None:
        return of_kind
    if (of_several := decide_rate_of_several(scene)) is not None:
        return of_several
    if OF_WORKS.search(scene.clause) or HELD_BACK.match(scene.after):
        return scene.none("占投资或合同")
    if (each := each_change(scene, "change.rate")) is not None:
        return each
    if stage := rated_again(scene.sentence):
        again = _rate(scene)
        return replace(again, stage=stage) if again.concept else again
    if of_whole_year(scene.source[: figure.start]):
        talk.interim = False
        return replace(_rate(scene), period=year)
    direction = figure.direction or word_direction(scene) or signed(scene)
    if grown := GROWN.match(scene.after):
        direction = 1 if grown["up"] else -1
    if direction:
        return _change(scene, direction)
    bare = HOW_MUCH.fullmatch(scene.clause) and talk.kind == "money"
    if talk.shifted and figure.quantity and bare and segment.clauses == 1:
        concept, sign = talk.shifted  # 减少26.15万元、2.58% · 增加1,828.08万元（约9.1%）
        quantity = replace(figure.quantity, value=abs(figure.quantity.value) * sign)
        return Decision(figure, "change.rate", quantity, concept, scene.setting.fiscal_year, confidence=0.9)
    if is_foreign(scene):
        return scene.none("非本部门指标")
    if figure.unit == "‰" and not has(segment.near, "aspect.rate"):
        return scene.none("其他比率")
    if scene.setting.anchored and scene.name and not has(segment.near, "aspect"):
        return scene.none("其他比率")
    if OTHER_RATE.search(scene.name) and not has(segment.near, "aspect"):
        return scene.none("其他比率")
    rates = tagged(labels, "aspect.rate")
    if rates and of_work(scene, [t.text for t, _ in rates]):
        return scene.none("其他比率")
    share = tagged(labels, "aspect.share")
    if rates and not (share and share[-1][0].start > rates[-1][0].start):
        return _rate(scene)
    exactly = bool(BESIDE.search(scene.sentence) and INSIDE.search(BESIDE.sub("", scene.sentence)))
    if share or exactly or OF_SPENDING.search(scene.source[: figure.start]):
        return _share(scene)
    if talk.queue and talk.percent:
        return _rate(scene) if talk.percent == "rate" else _share(scene)
    if has(segment.near, "topic", "aspect") and (
        OF_BUDGET.search(scene.source[: figure.start]) or COMPLETED.search(scene.source[: figure.start])
    ):
        return _rate(scene)
    if talk.percent == "rate" and WHOLE.fullmatch(scene.spoken.strip("为达")):
        return Decision(figure, RATES["total"], figure.quantity, None, scene.period, _stage(scene))
    planned = talk.last if [t.text for t in segment.all] == ["的"] and talk.kind == "money" else None
    if planned and planned.concept and "budget" in planned.concept and talk.topic:
        rated = RATES.get(talk.topic.key)  # 占年初预算1,150万元的110.04%
        return Decision(
            figure,
            rated,
            figure.quantity,
            talk.topic.name,
            scene.period,
            planned.stage,
            "" if rated else "分项执行率",
        )
    if talk.kind == "money" and talk.series and DONE.fullmatch(scene.spoken):
        return _rate(scene)
    # 预算完成率按调整后口径，整体为93.10%，基本支出为99.71%
    led = has(segment.far, "aspect.rate") and not has(segment.far, "not.rate") and not talk.series
    if led and WHOLE.fullmatch(scene.spoken.strip("为达到是： ")):
        talk.percent = "rate"
        return Decision(figure, RATES["total"], figure.quantity, None, scene.period, _stage(scene))
    if (led and own_topic(scene) is not None) or _rounds_off(scene):
        return _rate(scene)
    if talk.percent == "share" and own_topic(scene) is not None:
        return _share(scene)
    spoken = "".join(t.text for t in segment.near if not has([t], "turn.among")).strip("为达到是： ")
    if talk.percent == "rate" and (SHORT_WORD.fullmatch(spoken) or own_topic(scene) is not None):
        return _rate(scene)
    this_year = talk.earlier and scene.period == year  # 上年预算执行率93.2%，2023年为96.1%
    other_year = scene.prior or (year and has_year(segment.near) and (this_year or scene.period == year - 1))
    plain = all(t.known or not t.tags or has([t], "fill", "period", "turn.compare") for t in segment.near)
    if talk.percent == "rate" and other_year and plain and not scene.name:
        topic = talk.topic or Topic("total")  # 执行率98.4%，与上年（98.12%）基本持平
        rated = RATES.get(topic.key)
        return Decision(
            figure, rated, figure.quantity, topic.name, scene.period, reason="" if rated else "其他比率"
        )
    if talk.percent == "rate" and not scene.name and has(segment.near, "stage", "aspect.budget"):
        return _rate(scene)
    return Decision(figure)


#: 拨付618.35万元，即96.62% · 实际发放7,914.6万元，100%执行 · 支出2,767.58万元÷调整后预算2,846.31万元=97.23%
SPENT_OF = re.compile(r"(?:[=＝]|即|折合|折算|折|相当于|也就是|为|达到?|约|占|完成|执行|支付|兑付)*[：:]?\s?")


def _both_said(talk: Talk) -> bool:
    """Whether the last figure is money and what was planned and spent of its thing were both said."""
    series = talk.series or talk.closed
    if talk.kind != "money" or not series or series[-1][0].key not in RATES or talk.lost:
        return False
    said = series[-1][1]
    return speaks(said, "spending") and ("" in said or speaks(said, "budget"))


def _rounds_off(scene: Scene) -> bool:
    """Whether a percentage that says nothing of itself follows what was planned and spent of one thing."""
    said = SPENT_OF.fullmatch(scene.spoken.strip())
    return _both_said(scene.talk) and said is not None


#: 压缩幅度为7.14%（上年26.05万元）
LAST_YEAR_BESIDE = re.compile(r"\s?[（(](?:上年度?|去年|20\d\d年)(?:为|是|支出|决算)*\s?\d")


#: “三公”经费较上年减少：1.08万元；降幅：19.78%
HOW_FAR = re.compile(
    r"[；;，,]\s?(?:同比)?(?:[增降减升涨跌]幅|(?:增减|变动|变化)?幅度|增长率|下降率)[：:为]?\s?$"
)


def _change(scene: Scene, direction: int) -> Decision:
    figure, talk = scene.figure, scene.talk
    if has(scene.segment.all, "turn.against"):
        talk.compare = False
    talk.compare = talk.compare or bool(LAST_YEAR_BESIDE.match(scene.after))
    counted = talk.kind in ("count", "number") or any(
        t.known and t.known.reason == "数量" for t in scene.segment.all
    )
    if counted and not talk.series and own_topic(scene) is None:
        return scene.none("其他比率")  # 接待来访群众5,926人次，比上年下降8.3%
    labelled = talk.shifted is not None and HOW_FAR.search(scene.source[: scene.figure.start])
    compared = (talk.compare or labelled) and not since_earlier(scene)
    if not compared or figure.quantity is None or has(scene.segment.near, "aspect.rate", "not"):
        return scene.none("增减幅度")
    if is_foreign(scene):
        return scene.none("非本部门指标")  # 地区生产总值428.7亿元，同比增长5.2%
    topic, aspect = spoken_of(scene)
    subject = concept_of(topic, aspect)
    if talk.shifted and own_topic(scene) is None and not scene.name:
        subject, topic = talk.shifted[0], None  # 收入增加412万元，增长5.5%
    if subject is None or not of_whole(scene, topic):
        return scene.none("增减幅度")
    remember_change(scene, topic, aspect)
    talk.shifted = (subject, direction)
    quantity = replace(figure.quantity, value=abs(figure.quantity.value) * direction)
    return Decision(figure, "change.rate", quantity, subject, scene.setting.fiscal_year, confidence=0.95)


def _stage(scene: Scene) -> Stage | None:
    stages = tagged(scene.labels, "stage")
    return None if not stages else ("initial" if stages[-1][1] == "initial" else "adjusted")


#: a rate of a contract, not of the budget: 按合同金额196.8万元计，付款比例为
BY_CONTRACT = re.compile(
    r"(?:按|以|占|较|与)[^，。；]{0,4}(?:合同|中标|成交)[^。；\d]{0,6}\d[\d,.]*[^。；\d]{0,24}$"
)


def _rate(scene: Scene) -> Decision:
    """An execution rate, of the topic that the clause names or of what was spoken of last."""
    talk = scene.talk
    if talk.interim:
        return scene.none("年中进度")
    if talk.foreign and talk.kind == "money" and BY_CONTRACT.search(scene.source[: scene.figure.start]):
        return scene.none("其他比率")  # 按合同金额196.8万元计，付款比例为99.29%
    if (
        talk.added
        and talk.kind == "money"
        and has(scene.segment.near, "aspect.rate")
        and own_topic(scene) is None
        and OF_PLAN.search(scene.source[: scene.figure.start])
    ):
        return scene.none("增减幅度")  # 年中追加预算412.5万元，占年初预算的11.6%
    if rates_nobodys(scene):
        return scene.none("其他比率")
    if talk.paid and (talk.percent == "payer" or NEXT_PAYER.match(scene.after)):
        talk.percent = "payer"
        return scene.none("资金来源的执行率")
    topic = _rated(scene)
    if topic is None:
        return scene.none("其他比率") if scene.name or talk.lost else Decision(scene.figure)
    concept = RATES.get(topic.key)
    talk.percent = "rate"
    if talk.series and talk.series[-1][0] != topic and topic.key != "total":
        talk.said(topic, "rate")
    elif talk.series:
        talk.series[-1][1].add("rate")
    if concept is None:
        return scene.none("分项执行率")
    talk.topic = topic
    return Decision(scene.figure, concept, scene.figure.quantity, topic.name, scene.period, _stage(scene))


#: 两类支出的执行率依次为97.89%和95.01%
BOTH_SIDES = re.compile(r"[两二](?:类|项|块|部分|大类)支出")
SIDES = {"basic": "基本支出", "project": "项目支出"}
#: 环境监测能力提升9,280,000元预算年末剩余…；项目支出执行率90.60%: of all projects again
PROJECTS_RATE = re.compile(r"^[；，。]?(?:全部|整体)?项目支出(?:预算)?(?:执行|完成|支付)率[^，。；\d]{0,3}$")


#: 四个项目各自的预算执行率分别是：松材线虫病防控95.69%，林长制巡护98.90%
RATES_LED = re.compile(
    r"项目(?:各自)?的?(?:预算|资金|支出)?(?:执行|支付|完成)率(?:各|分别|依次)?[是为]?[：:](?P<name>[^，。；：:]{3,24})$"
)


#: 整体、基本、项目三个执行率分别为97.45%、99.39%、94.65%
_SIDE = r"(?:整体|总体|基本|项目)(?:支出)?"
RATES_BY_SIDE = re.compile(
    rf"(?P<sides>{_SIDE}(?:[、和及与]{_SIDE})+)(?:[两二三23][个项类])?(?:支出)?的?(?:预算)?(?:执行|完成|支出)率(?:分别|依次)?[为是达]?\s?$"
)


def _rated(scene: Scene) -> Topic | None:
    talk, setting = scene.talk, scene.setting
    sides = RATES_BY_SIDE.search(scene.sentence) if setting.own is None else None
    if sides and len(told := re.findall("整体|总体|基本|项目", sides["sides"])) == scene.row:
        keys = {"基本": "basic", "项目": "project"}
        talk.queue = [(Topic(keys.get(one, "total")), "rate", None) for one in told]
    if (led := RATES_LED.search(scene.sentence)) and (name := setting.names.called(led["name"])):
        return Topic("item", name)
    each = tagged(scene.segment.all, "turn.each")
    if each and not talk.queue:
        before = spoken_topics([t for t in scene.segment.all if t.start < each[-1][0].start], scene.row)
        topics = before if len(before) >= 2 else [topic for topic, _ in talk.series]
        if talk.among and talk.head and talk.head not in topics and scene.row == len(topics) + 1:
            # 支出1,846.90万元，其中基本支出…、项目支出…；执行率分别为97.08%、99.22%、96.47%
            topics = [talk.head, *topics]
        if not topics and scene.row == 2 and setting.own is None and BOTH_SIDES.search(scene.sentence):
            said = scene.source[: scene.figure.start]
            topics = sorted((Topic("basic"), Topic("project")), key=lambda one: said.rfind(SIDES[one.key]))
        if not topics and scene.row >= 3:
            topics = [Topic("other")] * scene.row  # 执行率依次是93%、90.1%、94.9%: of things not named here
        talk.queue = [(topic, "rate", None) for topic in topics]
    if talk.queue:
        return talk.queue.pop(0)[0]
    own = setting.own or Topic("total")
    topic = own_topic(scene)
    if setting.own is None and PROJECTS_RATE.search(scene.clause) and (topic is None or topic.key == "item"):
        return Topic("project")
    if topic is not None and not topic.key.startswith("carry"):  # 结余46.74万元结转下年，执行率94.57%
        return own if topic.key == "total" else topic
    counted = talk.head == Topic("project") and [t.key for t, _ in talk.series] == ["project"]
    spoken = "".join(t.text for t in scene.segment.near if not has([t], "turn.among"))
    if not counted and (short := SHORT_WORD.match(spoken.strip())):
        key = SHORT[short.group()[:2]]
        return own if key == "total" else Topic(key)  # 整体执行率97.24%；其中基本98.71%、项目94%
    words = [t.text for t, _ in tagged(scene.labels, "aspect.rate")]
    if any(word in ("整体执行率", "总体执行率", "综合执行率", "总执行率") for word in words) and not counted:
        return own
    if scene.name and not setting.names.is_own(scene.name):
        return None
    whole = re.search(r"整体|总体|部门预算|综合", scene.spoken)
    if whole and not counted:
        return own
    if setting.own and (part := _part_begun(scene)):
        return Topic("item", part)
    if setting.single and (talk.topic is None or talk.topic.key == "other"):
        return setting.single
    if talk.lost and not talk.series and talk.topic is None:
        return None
    if talk.topic and talk.topic.key in ("category", "other") and talk.apart:
        return talk.topic  # 甲经费支出28万元，执行率100%；会议费支出42万元，执行率93.3%
    if talk.series:
        spent = [topic for topic, _ in talk.series if not topic.key.startswith("carry")]
        last = spent[-1] if spent else talk.series[-1][0]  # 支出7103万元，结余142万元，支出率98.04%
        if talk.apart_last:
            return last  # …，公用经费7,549万元；项目支出3,746万元，执行率88.77%
        if len(talk.series) >= 2 and "rate" not in talk.series[0][1]:
            first = talk.series[0]
            single = all(len(kinds) == 1 for _, kinds in talk.series)
            inside = talk.head and all(within(topic.key, talk.head.key) for topic, _ in talk.series)
            if single and talk.among and inside and len({tuple(k) for _, k in talk.series}) == 1:
                return talk.head
            if single and len({tuple(k) for _, k in talk.series}) == 1 and first[0].key == "total":
                return first[0]
        return last
    if talk.topic is not None:
        return talk.topic
    if talk.lost:
        return None  # the rate of what the amounts before it are of, which nobody can name
    if (
        words
        and all(word in ("完成率", "资金使用率", "使用率") for word in words)
        and setting.role not in ("spending", "execution", "budgeting")
    ):
        return None
    begun = BEGUN.match(re.split("[。；]", scene.source[: scene.figure.start])[-1])
    named = setting.names.project(begun["name"]) if begun else None
    if named in setting.names.projects:
        return Topic("item", named)
    return setting.topic or Topic("total")


def _part_begun(scene: Scene) -> str | None:
    """The part of a project with whose name a sentence of its report begins: 淤地坝除险加固项目严格按预算执行，…，执行率71.55%."""
    own = (scene.setting.own.name if scene.setting.own else None) or ""
    said = re.split("[。；]", scene.source[: scene.figure.start])[-1].lstrip(" 　“")
    names = (name for name in scene.setting.names.projects if name not in own and own not in name)
    parts = (name for name in names if said.startswith(name))
    return next(parts, None)


#: 健身路径更新项目因工程尾款须待审核，执行率仅为75%: a known project at the head of the sentence
BEGUN = re.compile(r"\s*[“\"]?(?P<name>[^，。；：\d]{3,30}?(?:项目|专项|工程|经费|资金))[”\"]?(?:因|由于|受)")


#: 项目资金走“一卡通”的占61%: of what is so
THOSE_THAT = re.compile(r"[^，。；：\d]{4,}(?<![出金费算额中里内])的\s?[只仅约就]?占(?!比)[^，。；\d]{0,3}$")


#: 四家单位的预算执行率从95.9%到98.8%不等
SPREAD_FROM, SPREAD = (
    re.compile(r"(?:从|在|介于)\s?$"),
    re.compile(r"\s?(?:到|至|[-—~～])\s?\d[\d.]*\s?[%％](?:不等|之间|上下)"),
)
#: 余下的227.00万元为上级转拨和利息，占1.83% · 中小企业拿到合同1,118.30万元，占78.06%: of what the sentence before does not name
OF_REST = re.compile(
    # 公用经费里邮电费与维修费占比较大，合计占四成一
    r"[里中][^，。；\d]{2,24}占比[^，。；\d]{0,6}，合计占(?:约)?\s?$"
    # 未用完的674.72万元全部由财政收回统筹，占6.45%
    r"|(?:余下|其余|剩余|未[用支付][完出]?|没有?用[完出去]*|未执行|未支付|未使用)的?\s?\d[\d,.]*\s?[万亿]?元[^。；\d]*占\s?$|(?:中小|小微|微型)企业[^，。；\d]{0,10}\d[\d,.]*\s?[万亿]?元，占\s?$"
)


#: 项目支出在四季度占比达46.3% · 12月单月支出占全年的19.7%: of a part of the year
OF_SEASON = re.compile(r"(?:季度|[上下]半年|\d月份?(?:单月|当月)?|末月)[^，。；]{0,8}占")


def _share(scene: Scene) -> Decision:
    """X占Y的p%: part and whole; the same money over its own budget is an execution rate."""
    talk, labels = scene.talk, scene.labels
    if talk.interim:
        return scene.none("年中进度")
    if scene.figure.value > 100:
        return scene.none("其他占比")  # more than the whole is no part of it
    marks = tagged(labels, "aspect.share")
    if ROUGHLY.match(scene.source[scene.figure.start :]):
        return scene.none("约数")
    if THOSE_THAT.search(scene.clause) or OF_REST.search(scene.sentence):
        return scene.none("其他占比")
    if OF_SEASON.search(scene.clause):
        return scene.none("年中进度")
    if inside := INSIDE.search(BESIDE.sub("", scene.sentence)):
        return _share_inside(scene, inside["whole"], inside.string[: inside.start()])
    if not marks and (of_it := OF_IT.search(scene.sentence)):
        return _share_inside(scene, of_it["whole"], of_it.string[: of_it.start()])
    at = marks[0][0].start if marks else scene.figure.start
    before = [t for t in labels if t.start < at]
    whole_tokens = [t for t in scene.segment.all if t.start > at]
    wholes = [key for _, key in tagged(whole_tokens, "topic")]
    parts = [key for _, key in tagged(before, "topic")]
    # 基本支出1,108万元、项目支出1,190万元，占比48.21%、51.79%
    row = bool(marks) and not parts and not scene.name and scene.row == len(talk.series) >= 2
    if row or (marks and has([marks[-1][0]], "turn.each")) or has(scene.segment.all, "turn.each"):
        # 基本支出、项目支出分别占…: of a list before the clause, too
        listed = [key for _, key in tagged([t for t in scene.segment.all if t.start < at], "topic")]
        named = [Topic(key) for key in (parts if len(parts) > 1 else listed)]
        spoken = named if len(named) >= 2 else [topic for topic, _ in talk.series]
        talk.queue = [(topic, "share", None) for topic in spoken if topic.key not in wholes]
        talk.group = wholes[-1] if wholes else None
        talk.percent = "share"
    if talk.queue:
        part = talk.queue.pop(0)[0]
        wholes = wholes or ([talk.group] if talk.group else [])
    else:
        name = scene.name if not scene.setting.names.is_own(scene.name) else ""
        told = made_of(scene) or of_two(scene) or shortly(scene)
        part = Topic(parts[-1]) if parts else told or (None if name else talk.topic or talk.part)
    if not parts and (talk.foreign or (marks and of_unknown(scene))):
        return scene.none("其他占比")
    if marks and OF_PLANNED.fullmatch(scene.spoken) and talk.series and talk.paired:
        return _rate(scene)
    if part is None or part.key not in NAMES:
        return scene.none("其他占比")
    budgeted = has(whole_tokens, "aspect.budget")
    planned = budgeted if wholes else talk.whole_planned
    if budgeted and (not wholes or wholes[-1] == part.key) and part.key in RATES:
        return Decision(
            scene.figure, RATES[part.key], scene.figure.quantity, part.name, scene.period, _stage(scene)
        )
    if wholes and wholes[-1] not in NAMES:
        return scene.none("其他占比")
    if not wholes and "".join(t.text for t in whole_tokens if not t.tags):
        return scene.none("其他占比")
    whole = wholes[-1] if wholes else _whole_of(part, scene)
    talk.part = part  # 人员经费占基本支出的88.4%，占总支出的34.63%
    if wholes:
        talk.whole, talk.whole_planned = wholes[-1], budgeted
    if whole == part.key:
        return scene.none("其他占比")
    of_budget = (
        talk.aspect == "budget"
        and part.key in ("basic", "project")
        and whole == "total"
        and not wholes
        and talk.whole is None
    )
    if of_budget and talk.series and "spending:" not in talk.series[-1][1]:
        return Decision(
            scene.figure, "share", scene.figure.quantity, f"{NAMES[part.key]}预算 / 总预算", scene.period
        )
    if (part.key, whole) == ("income", "total"):
        if "财政拨款" not in scene.sentence:
            return scene.none("其他占比")
        part, whole = Topic("income_fiscal"), "income"  # 收入7,356万元，均来自财政拨款（7,356万元），占比100%
    subject = f"{NAMES[part.key]} / {'总预算' if planned and whole == 'total' else NAMES[whole]}"
    return Decision(scene.figure, "share", scene.figure.quantity, subject, scene.period)


def _of_rest(scene: Scene, whole: str) -> Decision:
    """The share of a part in what is left of a whole when something else of it is left out."""
    topic = own_topic(scene)
    if topic is None or topic.key not in NAMES or topic.key == "total":
        return scene.none("其他占比")
    subject = f"{NAMES[topic.key]} / {whole}"
    return Decision(scene.figure, "share", scene.figure.quantity, subject, scene.period)


#: 在项目支出中占到58.57%: the whole stands before 占, the part was spoken of last
INSIDE = re.compile(
    r"在(?:全部|整个|当年|全年)?(?P<whole>[^，。；、在]{2,8}?)(?:总额)?(?:中|里|当中|之中)(?:[所约]?占|大约占|的(?:占比|比重|比例|份额))[到了为]?(?:比例|比重)?[为是达到]*\s?$"
)


#: 基本支出6,388,457.30元，为总支出的77.77%
OF_IT = re.compile(r"元，(?:约|仅|只)?[为是](?P<whole>总支出|支出总额|基本支出|总收入|收入)的\s?$")


#: 采购类支出63万元，预算70万元，比例90%
OF_PLANNED = re.compile(r"(?:完成|支出|执行|支付)?比例(?:为|是|达)?")


def _share_inside(scene: Scene, words: str, before: str) -> Decision:
    """The share of what stands right before, else of what was spoken of last, in a whole that the clause names."""
    whole = next((key for key, name in NAMES.items() if words in (name, SHORT_NAMES.get(key))), None)
    last = scene.talk.last
    key = str(last.concept).rpartition(".")[2] if last else ""  # 人员经费…，在基本支出中约占…
    if here := next(
        (key for key, name in (*NAMES.items(), *SHORT_NAMES.items()) if before.endswith(name)), None
    ):
        last, key = None, here  # 基本支出在总支出中占76.23%
    part = Topic("item", last.subject) if last and last.subject else (Topic(key) if key in NAMES else None)
    if (
        whole is None
        or part is None
        or part.key == whole
        or not within(part.key, whole)
        or scene.talk.interim
    ):
        return scene.none("其他占比")
    subject = f"{part.name or NAMES[part.key]} / {NAMES[whole]}"
    return Decision(scene.figure, "share", scene.figure.quantity, subject, scene.period)


def _whole_of(part: Topic, scene: Scene) -> str:
    """The whole that is not named: that of the list, else the parts' own."""
    head, said = scene.talk.head, scene.talk.whole
    if head is not None and head.key in ("income", "income_fiscal") and within(part.key, "total"):
        return "total"  # 财政拨款预算1136.6万元，其中基本支出…，占82.4%
    parted = scene.talk.among and head is not None and head != part and within(part.key, head.key)
    if said is not None and said != part.key and not parted:
        return said
    if part.key in ("personnel", "operating"):
        return "basic" if head is None or head.key in ("basic", "personnel", "operating") else head.key
    if part.key in ("overseas", "vehicles", "hospitality"):
        return "three_public"
    if part.key == "income_fiscal":
        return "income"
    if head is not None and head.key in NAMES and head != part and within(part.key, head.key):
        return head.key
    return "total"
