"""What is told of several projects together: no single project's money. In a report on all of a department's projects
their sum is what the department's projects were given and spent."""

from __future__ import annotations

import re

from extractors.figures.anchors import COUNTED as THESE
from extractors.figures.anchors import mentioned
from extractors.figures.aspects import aspect_of
from extractors.figures.bases import RATE
from extractors.figures.segments import has
from extractors.figures.setting import Decision, Scene

#: 上述4个项目支出共计4,673.83万元 · 四个重点项目预算小计656.50万元
SOME = re.compile(
    r"(?:(?:上述|以上|前述|这)\s?[\d一二三四五六七八九十]+\s?个[^，。；]{0,6}|[\d两二三四五六七八九十]+\s?个(?:重点|主要|小型|零星|一般)[^，。；]{0,4})项目(?:[^，。；]{0,8}|[^。；]{0,24}小计)$"
    # 单项百万元以上的5个，预算合计1,324万元，支出合计…
    r"|以[上下]的\s?[\d两二三四五六七八九十]+\s?个(?:项目)?，(?:预算|支出|资金)[^。；]*$"
    # 共4个项目，合计支出924.50万元
    r"|共\s?[\d两二三四五六七八九十]+\s?个项目，(?:合计|共计?|总计)[^，。；\d]{0,6}$"
)
#: 其他零星项目合计支出149.11万元
THE_REST = re.compile(
    r"(?:上述|(?<!限额)(?<!标准)以上(?!的)|前述)[\d一二三四五六七八九十]*个?[^，。；即是]{0,6}项目|(?:其他|其余|零星)[^，。；]{0,10}(?:项目|[小子]项|[\d一二三四五六七八九十几]项)"
)
#: 5.其他业务项目合计支出151.32万元，预算170万元
OTHERS = re.compile(
    r"\s*(?:\d{1,2}[.．、]|[（(][\d一二三四五六七八九十]{1,2}[）)])?\s?(?:其他|其余|零星)[^，。；\d]{0,10}项目"
)
#: 两期工程累计支出3,199.50万元 · 一、二期合计支出…: this one and the one before it
PHASES = re.compile(
    r"(?:[两二三四五六七八九]期|[一二三四五六][、和与及][二三四五六]期|各期|一二期|前后几期)(?:工程|项目|建设)?[^，。；\d]{0,4}(?:累计|合计|共计?|总计|总共|加起来|相加)[^，。；\d]{0,8}$"
)
#: 三项之和500.37万元 · 两个项目全年预算共计652.40万元，支出共计628.83万元 · 上年三项支出分别是…
OF_SEVERAL = re.compile(
    r"(?<![\d第])(?:[\d两二三四五六七八九十]{1,2}(?:个|项|大)?(?:重点|子)?(?:项目|专项|工程)|[两二三四五六七八九十]项(?!补贴|补助|制度))"
    r"(?!均在|都在)(?:20\d\d年度?)?[^，。；\d]{0,4}(?:之和|合计|共计?|总计|全年|年度|支出|预算|资金|分别|平均|综合|加权|合起来|加起来|合在一起)"
)
#: 托养、培训和救助三个项目，年初预算共计320万元 · 纳入自评的项目…，共3个，预算总额320万元
COUNTED = re.compile(
    rf"(?:{THESE.pattern}|(?:项目|专项)[^。；]*，共(?:计|有)?[\d两二三四五六七八九十]{{1,2}}个)"
    r"[，：](?:20\d\d年度?)?(?:(?:年初|全年|年度|批复|调整后?|安排|下达|总)*(?:预算|资金|支出|指标)[^，。；\d]{0,4})?(?:合计|共计?|总计|总额|累计|总)"
)
#: 上述项目年初批复预算合计400万元 · 全部项目支出总额
ALL_OF_THEM = re.compile(
    r"(?:上述|以上|这些|各|全部|所有)(?:[\d两二三四五六七八九十]{1,2}个)?项目[^，。；\d]{0,10}(?:合计|共计?|总计|总额|累计|平均|综合|加权)"
)
#: 参加自评的项目共3个，分别是…，合计预算1,470万元 · 重点项目3个，安排资金1,200万元
LISTED = re.compile(
    r"(?:项目|专项)[^，。；\d]{0,4}[\d两二三四五六七八九十]{1,2}个[^。；]*[，：](?:(?:预算|支出|资金|批复){0,2}(?:合计|共计|总计|累计)|安排(?=资金|预算))(?:安排|批复|下达)?[^，。；\d]{0,6}(?:\d[\d,.]*(?:亿元|万元|元)[，、](?:全年|实际|累计|共)*(?:支出|支付|执行|使用)?[^，。；\d]{0,4})?$"
)
#: 产业发展类项目82个、资金10,105.20万元，占60.00%
CLASS_COUNTED = re.compile(
    r"[^，。；：、\d]{2,10}类(?:项目)?\s?\d+\s?[个项][、，](?:涉及|安排|投入|总)?(?:资金|投资|金额|预算)[^，。；\d]{0,6}$"
)
#: 特定目标类项目共12个，预算659.42万元，执行635.59万元，执行率96.39%: of a class of projects
OF_CLASS = re.compile(
    r"(?:人员|公用|运转|特定目标)类(?:项目|支出)?[^，。；\d]{0,6}[\d两二三四五六七八九十]{1,3}[个项]，(?!其中)(?:[^。；：]*\d[^。；：\d]*)?[^。；：\d]*$"
)
#: 共实施项目5个，预算资金合计1,860.00万元，实际支出1,802.35万元，综合执行率
COUNT_LED = re.compile(
    r"(?:项目|专项)[^，。；\d]{0,4}[\d两二三四五六七八九十]{1,2}个，[^。；\d]{0,8}(?:合计|共计|总计|累计)"
)
#: 结核病防治82.69%，综合执行率95.49%, in a report on several projects
TOGETHER = re.compile(r"(?:综合|平均|加权|总体|整体|总)[^，。；]{0,4}(?:率|进度)")
#: 全年支出: what the clause says that all of them did
SPENT = re.compile(r"^[^预]*(?:支出|支付|使用|执行|列支|拨付)[^，。；预]{0,4}$")
#: a clause on all of them, and not on one payer's part: 两项之和140万元，省112万元
OF_ALL = re.compile(r"之和|[合共总累]计|总额|预算|支出|支付|使用|执行|列支|拨付|安排|批复")
#: an amount of several that nothing else proves; no finding rests on it alone
UNPROVEN = 0.75


def _named_behind(scene: Scene) -> bool:
    """三个子项目合计，养老服务体系建设项目全年支出657.12万元: whether a clause names what the sum is of."""
    name = scene.setting.single.name if scene.setting.single else None
    return bool(
        name and re.search(rf"(?:合计|共计?|总计|相加|汇总)，[^，。；]*{re.escape(name)}", scene.sentence)
    )


def of_several(scene: Scene) -> bool:
    """Whether an amount is of some of the projects, of those left, or of all of a report on several."""
    if _named_behind(scene):
        return False
    clause = scene.source[max(0, scene.figure.start - 30) : scene.figure.start]
    told = clause.rpartition("。")[2].rpartition("；")[2]
    rest = THE_REST.search(scene.heard) or OTHERS.match(told)
    some = any(way.search(told) for way in (SOME, PHASES, CLASS_COUNTED))
    return bool(rest) or some or _of_class(scene) or _summed(scene)


def decide_several(scene: Scene) -> Decision:
    """Money of several projects: that of all of them in a report on them, else nobody's."""
    aspect, stage = aspect_of(scene)
    aspect = "spending" if SPENT.search(scene.clause) else aspect or scene.talk.aspect
    whole = scene.setting.several and _summed(scene) and OF_ALL.search(scene.clause)
    if not whole or aspect not in ("budget", "spending"):
        scene.talk.lost = scene.talk.lost or not scene.talk.series
        return scene.none("其他项目")
    scene.talk.aspect = aspect
    return Decision(
        scene.figure, f"{aspect}.project", scene.figure.quantity, None, scene.period,
        stage if aspect == "budget" else None, confidence=UNPROVEN,
    )  # fmt: skip


#: 残疾人托养项目自评得分98.9分: what stands between a project's name and its score
SCORED = re.compile(
    r"(?:项目|专项)?(?:的)?(?:自评|综合|评价|绩效|评定|最终|总)*(?:得分?|评分|总分|得分值)[为是：:]?"
)


def scored_of_several(scene: Scene) -> str | None:
    """The project whose score a clause of a report on several tells, None where it tells none."""
    if not scene.setting.several or scene.setting.single or scene.figure.quantity is None:
        return None
    named = mentioned(scene.spoken, scene.setting.names)
    told = scene.spoken.partition(named)[2] if named else ""
    return named if SCORED.fullmatch(told) else None


_NAME = r"[^，。；：、\d％%]{3,30}?"
#: 从执行率看，普法宣传项目99%、法律援助补贴93% · 普法宣传项目执行率99%、法律援助补贴93%: rates of projects in a row
RATES_IN_ROW = re.compile(
    rf"{RATE}(?:(?:来?看|情况|方面|高低|如下|分别|依次|排序)*[：:，,]?(?:为|是)?|(?:仅|只有|达|为|是)?\s?\d[\d.]*\s?[%％][、，和及；])"
    rf"(?:其中)?(?:{_NAME}(?:仅|只有|达|为|是)?\s?\d[\d.]*\s?[%％][、，和及；])*(?P<name>{_NAME})(?:仅|只有|达|为|是)?$"
)


def decide_rate_of_several(scene: Scene) -> Decision | None:
    """A rate of several projects: of one of them in a row, of all of them in a report on them, else nobody's; None
    where it is of no several."""
    if (rated := _rated_in_row(scene)) is not None:
        return rated
    if _named_behind(scene):
        return None
    together = scene.setting.summed or (_below_projects(scene) and COUNT_LED.search(_told(scene)))
    if not (_summed(scene) or _of_class(scene) or (together and TOGETHER.search(scene.clause))):
        return None
    if not scene.setting.several:
        return scene.none("其他项目")
    return Decision(
        scene.figure, "rate.project", scene.figure.quantity, None, scene.period, confidence=UNPROVEN
    )


def _rated_in_row(scene: Scene) -> Decision | None:
    """A rate right behind a project's name, in a row of such that a word for the rate begins."""
    found = RATES_IN_ROW.search(scene.sentence)
    if found is None or scene.setting.single or has(scene.segment.near, "topic", "aspect"):
        return None
    name = scene.setting.names.project(re.sub('^[“"]|[”"]$', "", found["name"]))
    if name is None or scene.setting.names.is_other(name):
        return None
    scene.talk.percent = "rate"
    return Decision(scene.figure, "project.rate", scene.figure.quantity, name, scene.period)


def _summed(scene: Scene) -> bool:
    told, ways = _told(scene), (OF_SEVERAL, LISTED, COUNTED, ALL_OF_THEM)
    return (scene.setting.summed or _below_projects(scene)) and any(way.search(told) for way in ways)


def _of_class(scene: Scene) -> bool:
    return scene.setting.own is None and OF_CLASS.search(_told(scene)) is not None


def _told(scene: Scene) -> str:
    return scene.sentence.rpartition("；")[2]


def _below_projects(scene: Scene) -> bool:
    """Whether a department's paragraph stands below a heading of projects, and its clauses do not speak of them all."""
    topic = scene.setting.topic
    below = scene.setting.listed and scene.setting.single is None and (topic is None or topic.key == "item")
    return below and "项目支出" not in _told(scene)
