"""Whether an amount is planned or spent, and at which stage of the budget, by the words around it."""

from __future__ import annotations

import re

from extractors.figures.segments import has, tagged
from extractors.figures.setting import Scene
from schema.report import Stage

PLANNED_AFTER = re.compile(
    r"\s?的?(?:年度|全年|年初)?(?:预算|盘子|额度|指标|安排|限额|控制数|控制线)(?!执行|完成|支出率|收入)"
)
#: 未突破15万元的预算 · 在46万元的限额之内
WITHIN = re.compile(
    r"(?:(?:[未没]有?|不)(?:突破|超过|超出|超)了?(?:年初|年度|全年|[市县区省]?财政)*(?:下达|核定|批复|批准|安排|确定|给出)?的?|低于|控制在[^，。；]*|^在了?)\s?$"
)
#: what says of the amount behind a budget no more than that it was spent
BARE_SPENT = re.compile(
    r"[，、；]?(?:(?:经|通过)[^，。；\d]{2,20}(?:方式|程序|平台))?(?:全年|年内|当年|年末|最终|共|累计|已)*(?:实际|实为|发生|完成|实际完成|花费|实用|实花|实列|共用|净支|验收付款|验收支付|成交|合同成交|(?:签约|签订合同|履约|验收|结算|成交)(?:并|后)?(?=付款|支付|付)|(?:签约|签订合同|合同签约|合同签订|履约|验收|结算)(?:并|后)|付款|并|支付|花|用|付)+(?:了|数)?[为是]?"
)
#: 2,845.60万元全部通过“一卡通”打卡到户
HANDED_OUT = re.compile(
    r"\s?(?:已|均)*(?:全部|全额|足额)(?:通过|由|直接)[^，。；]{0,16}(?:打卡|到户|发放|兑付|拨付|支付)"
)
#: 资金486万元已全部支付完毕 · 年度资金820万元已按进度付讫
SPENT_OFF = re.compile(
    r"\s?(?:已经?|均|都|现|全部|全额|足额|如数|悉数|按(?:进度|合同|期|时)|年[底末]前|当年)+(?:付讫|付清|结清|[支用花拨付]完|(?:支付|拨付|兑付|兑现|发放|使用|支出|执行|支用|结算)(?:完毕|到户|到人|完成))"
)
SPENT_AFTER = re.compile(r"\s?的?(?:支出|发出|付出|兑付|支付|列支)(?=[，。；、（\s]|完毕|到位|$)")


#: 财政局于1月批复部门预算 · 人代会审议通过的预算为: what the year began with
EARLY = re.compile(
    r"(?<!\d)[123]\s?月(?:份|初|底)?[^，。；、\d]{0,8}(?:批复|核定|核批|下达|批准)[^。；\d]{0,16}$"
    r"|人(?:代会|大)[^。；\d]{0,14}(?:通过|批准|批复|审定)[^。；\d]{0,16}$"
)
#: 年初批复时，基本支出预算为4,314.60万元，项目支出预算为2,100.00万元
AT_FIRST = re.compile(r"\s*年初(?:批复|安排|编制|下达|核定)(?:预算)?时，(?!.*(?:调整|追加|全年))")
#: 项目部分增至698万元 · 最终1,200.70万元
BECOMES = re.compile(
    r"(?:调整|膨胀|扩大|压减|增加|减少|提高|追加|[变增减升降调])(?:后?为|到|至|成)\s?$|随之为\s?$|^[，、]?最终(?:为|是|达)?\s?$"
)


#: 年初安排240万元。先后追加78.66万元，合并为318.66万元
SUMMED_UP = re.compile(
    r"(?:^|[，,])\s?(?:与年初(?:安排|预算)?(?:数)?)?(?:合并|叠加|并入|汇总|累加)(?:后|起来)?(?:为|达|到|至|达到|是)\s?$"
)
#: 年度中间三次调整，最后为982.92万元: what the budget came to
CAME_TO = re.compile(
    r"(?:调整|调剂|追加)(?:预算)?[^。；\d]{0,6}[，,]\s?(?:最后|最终|定格|落定|锁定)(?:的?预算)?[为在是]\s?$"
)


#: 以调整后指标为分母，…；基本支出560万元的指标用到99%
MEASURED_BY = re.compile(
    r"(?:以|按照?|对照)(?:(?P<initial>年初)|调整后?的?|最终|追加后的?|全年)(?:预算|指标|额度)(?:数)?(?:为|作为|作)?(?:分母|基数|口径|基准|计算|测算)"
)
#: 中央资金200万元，省级配套80万元，共320万元
SUM_OF_PAYERS = re.compile(r"(?:三项|两项|各级)?(?:合计|总计|共计?|总共)(?:资金|投入)?[为是]?\s?")
#: 公务用车购置及运行维护费支出8.00万元，决算数为6.42万元，完成预算的80.25%: the first is what was planned
DECIDED_BEHIND = re.compile(r"，决算数?[为是]?\s?\d[\d,.]*\s?[万亿]?元，(?:完成|占)(?:年初)?预算的")
#: 基本支出批准794万元，列支793.52万元
GRANTED_TO = re.compile(r"(?:基本|项目)支出(?:获|经)?(?:批准|核准)(?:了|为)?\s?$")


def within_budget(scene: Scene) -> bool:
    """Whether an amount is the budget that spending was kept to: 控制在46万元的预算以内."""
    return bool(WITHIN.search(scene.clause) and PLANNED_AFTER.match(scene.after))


def aspect_of(scene: Scene) -> tuple[str | None, Stage | None]:
    found = [(token, key) for token, key in tagged(scene.labels, "aspect") if key in ("budget", "spending")]
    stages = tagged(scene.labels, "stage")
    if not stages and tagged(scene.segment.near, "aspect.budget"):
        # 经人大审议通过，预算总额…
        stages = tagged([t for t in scene.segment.far if "人" in t.text], "stage")
    if not stages and has(scene.segment.near, "aspect.budget"):
        # 年初，财政核定总预算… · 2023年初，县财政批复我局收支预算…
        first = [t for t in scene.segment.far[:2] if not (t.known and t.known.reason == "年份")]
        stages = tagged([t for t in first[:1] if t.text == "年初"], "stage")
    if not stages and scene.before.rstrip("为是：: 共")[-1:] in ("）", ")"):
        stages = tagged(scene.setting.apposed, "stage")  # 年度预算（调整后）1,612.35万元
    stage: Stage | None = None
    planned = found[-1][1] == "budget" if found else scene.talk.aspect == "budget"
    if not found and GRANTED_TO.search(scene.clause):
        return "budget", stage
    if not stages and DECIDED_BEHIND.match(scene.source, scene.figure.end):
        return "budget", stage
    summed = scene.talk.added and SUMMED_UP.search(scene.clause)  # 年内追加78.66万元，合并为318.66万元
    if not stages and not found and (summed or CAME_TO.search(scene.sentence)):
        return "budget", "adjusted"
    if not stages and planned and BECOMES.search(scene.clause):
        return "budget", "adjusted"  # 年初预算…，全年预算…，项目部分相应变为722.93万元
    early = EARLY.search(scene.sentence) or AT_FIRST.match(scene.sentence)
    if not stages and early and has(scene.segment.near, "aspect.budget"):
        return "budget", "initial"
    if stages:
        stage = "initial" if stages[-1][1] == "initial" else "adjusted"
    if not found and BARE_SPENT.fullmatch(scene.clause.strip()) and scene.talk.aspect == "budget":
        return "spending", None  # 预算9.5万元，实际7.86万元
    if (not found or WITHIN.search(scene.clause)) and PLANNED_AFTER.match(scene.after):
        if not stage and (base := MEASURED_BY.search(scene.sentence)):
            stage = "initial" if base["initial"] else "adjusted"
        return "budget", stage  # 330万元预算只形成231.66万元支出
    if not found and any(
        pattern.match(scene.source, scene.figure.end) for pattern in (SPENT_AFTER, HANDED_OUT, SPENT_OFF)
    ):
        return "spending", None
    if not found and scene.talk.paid and SUM_OF_PAYERS.fullmatch(scene.clause):
        return "budget", stage
    if not found:
        return ("budget", stage) if stage else (None, None)
    aspect = found[-1][1]
    if len(found) >= 2 and found[-1][0].text == "支出" and found[-2][0].end == found[-1][0].start:
        aspect = found[-2][1]  # 调整后全年预算 + 支出: planned spending
    # 2022年决算数: the words of a comparison say what is compared
    return aspect, (stage if aspect == "budget" else None)
