"""What a percentage is of, where that is not what the report says was planned or spent, and the part of a share."""

from __future__ import annotations

import re

from extractors.figures.parts import SHORT
from extractors.figures.segments import Topic, tagged
from extractors.figures.setting import Scene, topic_of_heading
from extractors.figures.topics import SHORT_WORD
from extractors.language import tokens
from schema.report import Stage

#: 若剔除市级资金，支付率为97.8% · 扣除质保金后，执行率99.1%
SUPPOSED = re.compile(
    r"(?<!般)(?:[若如]果?|假[如设])(?:再|仅|只)?(?:剔除|扣除|扣减|不含|不计|不考虑|去除|去掉|加上|计入)[^。；]*$"
    r"|(?:剔除|扣除|扣减|去除|去掉|除去|抛开|撇开)[^。；，]{1,24}(?:后|因素|影响|以外|之外)[^。；元]*$"
    r"|[若如](?:只|仅|单)?(?:同|与|和|跟)年初[^。；，]*(?:比较|相比|对比)则?(?:超过|高于|不足|低于)[^。；，]*$"
    # 若改用合同价作分母，4,118,600元恰为5,148,250元的80%
    r"|[若如]果?改用[^，。；\d]{1,12}(?:作|为|当)分母[^。；]*$"
    # 把它并进来算，可用的钱是71.70万元，…比例就成了97.67%
    r"|把[^，。；\d]{1,10}(?:并|算|加|计)(?:进来|进去|上|入)算?，[^。；]*(?:率|比例|进度)(?:就|便|则)[^，。；\d]{0,6}$"
    # 若只拿年初那笔钱作分母，则为91.16% · 若与年初数相比只有87.51% · 如果按年初预算算，是82.65%
    r"|(?:[若如]果?|假[如设])(?:只|仅|单)?(?:拿|同|与|和|跟|按照?|以|用|照)(?:年初|期初)[^。；，]{0,12}(?:作分母|为分母|相比|比较|对比|算|计算|作比|比)，?(?:则|就|便)?(?:只|仅)?[为是有]?\s?$"
    # 另按财政部门月报口径，财政拨款执行率为93.40%
    r"|另按[^，。；\d]{0,10}(?:月报|快报|通报|统计|平台)[^，。；\d]{0,4}(?:口径|数据?)[，,](?:(?!整体|部门)[^。；])*$"
    r"|(?:不含|不计(?!入)|未计(?!入))[^。；，、\d]{2,16}(?:口径)?(?:的|时|，)[^。；，元]{0,6}(?:执行|支付|完成)(?:率|进度)[^。；元]{0,6}$"
)
#: 剔除追加因素后前三季度支出进度分别为21.4%、47.8%和70.2%，全年…: of all the year again
WHOLE_YEAR = re.compile(r"(?<=季度)[^。；]*[%％]，(?=全年)")
#: 拿年初数相比只有78.85%，因口径不当，本报告不采用
REJECTED = re.compile(r"[^。；\d]{0,16}(?:不采用|不予采用|不采信|不作为|口径不当|不足为凭|系误解)")
#: 按到位数测算，95.84% · 以年初2,000万元为基数则为115.93%: of another base than the rate before it
OTHER_BASE = re.compile(
    r"[若如]?(?:按照?|以)[^，。；\d]{0,4}(?:到位|到账)[^，。；\d]{0,6}(?:测算|计算|核算|为基数|口径|计)[^。；，\d]{0,4}[，则]?[^，。；\d]{0,10}$"
    r"|以[^，。；\d]{0,6}\d[\d,.]*[万亿]?元为(?:基数|分母)[^。；\d]{0,8}$"
    # 兑付比例以全年应付数计为90.95%
    r"|[以按][^，。；\d]{0,6}应[付发补兑](?:金额|数|总额)?(?:计算?|测算|核算)[^，。；\d]{0,4}$"
)
#: 余款27.90万元为15%的质保金: a share of the contract that is paid later
HELD_BACK = re.compile(r"\s?的?(?:工程)?(?:质保金|质量保证金|履约保证金|尾款|余款)")
#: 占匡算的74.98% · 相当于施工合同的66.91%: of more than the year's budget
OF_WORKS = re.compile(
    r"(?:占|为|是|相当于|达到?)[^，。；\d]{0,6}(?:匡算|概算|估算|总投资|总造价|合同|合同价|合同额)[^，。；\d]{0,4}的?\s?$"
)
#: 执行率96%，仅与年初预算相比则为110.40% · 执行率98.2%，若对照年初预算，为110%: the rate before it, of another budget
OF_STAGE = re.compile(
    r"(?:执行|支付|支出|完成|使用)(?:率|进度)[^。；]*?\d\s?%[^。；]*?(?:与|同|较|和|跟|相对于?|对照|对比|对|比)(?:(?P<initial>年初|期初)|调整后?|全年)(?:批复|部门|整体|支出|的)*预算(?:批复)?(?:数|金额|总额)?"
    r"(?:相比|比较|相较|对比|而言|来看|来说|计算)?[，,]?(?:则|即|就|却|仅|只|也)*(?:为|是|达到?|有)\s?$"
)
#: 年初仅安排3,250.60万元，约为全年预算的36.5%: what of the budget was there from the start
FROM_START = re.compile(
    r"年初[^，。；\d]{0,8}\d[\d,.]*\s?[万亿]?元[，,]\s?(?:仅|只|约)*(?:占|为|是|相当于)(?:约)?(?:全年|调整后?|年度|最终)[^，。；\d]{0,6}预算[^，。；\d]{0,4}的\s?$"
)
#: what a rate of spending is called
RATE = r"(?:执行|支付|支出|使用|拨付)(?:率|进度)"
_YEAR = r"(?:20\d\d年度?|上年度?|去年|本年度?|今年|当年)?的?"
#: 执行率从2022年的93.2%提高到96.1%: what a rate became
BECAME = re.compile(
    rf"{RATE}[^，。；\d]{{0,4}}[从由]{_YEAR}\s?[\d.]+\s?[%％]，?(?:逐步|稳步|进一步|大幅|再)?(?:提高|提升|上升|增长|增加|下降|降低|回落|[提升降增]){_YEAR}[到至为]{_YEAR}\s?$"
)
#: 支出进度：一季度22.4%、6月末51.3%、全年96.1%: the year's, behind those of its parts
YEAR_OF_ROW = re.compile(
    rf"{RATE}[^，。；\d]{{0,6}}[：:为，]?[^。；]*(?:季度?|月末|月底|月份?|半年|年中)[^。；\d]{{0,6}}[\d.]+\s?[%％][、，,；](?:到|至)?(?:全年|年末|年底|年终|12月(?:末|底)?)[为达到]*\s?$"
)
#: 项目支出占其余支出的41.36% · 在扣除后的支出中占58.64%
REST = re.compile(
    r"(?:占|在)[^，。；\d]{0,4}?(?P<whole>(?:其余|剩余|其他|余下|剩下|(?:剔除|扣除|扣减)后)[^，。；\d占]{0,6}(?:支出|经费|资金|部分))(?:总额|合计)?[^，。；\d]{0,6}$"
)
#: 剔除经营支出后，项目支出占41.36%: of what is left of the whole
WITHOUT = re.compile(
    r"(?:剔除|扣除|扣减|去除|去掉|除去|抛开|刨[去除]|不含|不计|不考虑|不包括)[^。；，\d]{2,24}[，][^。；元]*占[^，。；\d]{0,8}$"
    r"|除[^。；，\d]{2,16}(?:之外|以外|外)[，][^。；元]*占[^，。；\d]{0,8}$"
    # 占总支出（不含经营支出）的43.18%
    r"|占(?:部门|全年|全部|当年|本年|整体)*总?支出(?:总额)?[（(](?:不含|不包括|剔除|扣除|不计)[^（）()\d]{2,20}[）)]的?\s?$"
)
#: 约占八成二（82.49%）: the bracket says it exactly
ROUGHLY = re.compile(r"[一二三四五六七八九]成[一二三四五六七八九半]?(?:多|左右)?\s?[（(]\s?\d[\d.]*\s?%")
BESIDE = re.compile(r"[一二三四五六七八九]成[一二三四五六七八九半]?(?:多|左右)?\s?[（(]\s?$")


#: 若计入则执行率为100%，按实际支付计算执行率为94.25%: back to what was
REALLY = re.compile(r"，(?:而|但|现|仍)?[按以](?:实际|国库|账面|财政)[^，。；\d]{0,20}$")


def supposed(sentence: str, after: str) -> bool:
    """Whether the figure between these words is of a base that they suppose, name themselves or refuse."""
    if REALLY.search(sentence):
        return False
    clauses = sentence.rpartition("；")[2]
    told = (
        SUPPOSED.search(WHOLE_YEAR.split(clauses)[-1])
        or OTHER_BASE.search(sentence)
        or FROM_START.search(sentence)
    )
    return bool(told or REJECTED.match(after))


def rated_again(sentence: str) -> Stage | None:
    """The budget that a rate stated again is of: 执行率96%，与年初预算相比则为110%."""
    said = OF_STAGE.search(sentence)
    return None if said is None else "initial" if said["initial"] else "adjusted"


def of_whole_year(before: str) -> bool:
    """Whether a percentage is the rate of the year behind those of its parts, or what the rate became from last year."""
    return bool(BECAME.search(before) or YEAR_OF_ROW.search(before))


def share_of_rest(sentence: str) -> str | None:
    """What a share is of, where that is only what is left of a whole: 其余支出.

    >>> share_of_rest("剔除经营支出后，项目支出占其余支出的")
    '其余支出'
    """
    if rest := REST.search(sentence):
        return rest["whole"]
    return "其余支出" if WITHOUT.search(sentence) else None


#: 维修仓房8栋，完成率
THINGS = re.compile(
    r"\d\s?(?:[栋幢间台套辆座处场期口眼株亩吨米人户名]|人次|公里|(?:立方|平方)米)[，,、；]?\s?(?:目标|任务)?完成(?:率|比例)(?:为|达到?)?\s?$"
)


def of_work(scene: Scene, words: list[str]) -> bool:
    """Whether 完成率 is of work and not of money: 支持项目数47个，完成率104.44%."""
    loose = all(word in ("完成率", "完成比例", "完成比率") for word in words)
    measured = any(t.known and (t.known.reason == "数量" or t.text.endswith("座")) for t in scene.segment.all)
    measured = (
        measured
        or THINGS.search(scene.source[max(0, scene.figure.start - 24) : scene.figure.start]) is not None
    )
    if not loose or (scene.talk.kind in ("money", "percent") and not measured):
        return False
    money = [
        key for _, key in tagged(scene.segment.near, "topic", "aspect.budget", "aspect.spending", "stage")
    ]
    counted = scene.talk.kind or measured
    return not [key for key in money if key not in ("project", "category")] and bool(counted or scene.name)


def of_unknown(scene: Scene) -> bool:
    """Whether a bare 占 follows an amount that is of nothing known: 演出票款56.54万元，占0.93%."""
    last, before = scene.talk.last, scene.source[: scene.figure.start]
    bare = re.search(r"元[，,（(]\s?(?:约)?占(?:比)?(?:约|为)?\s?$", before)
    return bool(bare and last and re.search(r"\d\s?[万亿]?元", before[last.figure.end :]))


def of_two(scene: Scene) -> Topic | None:
    """人员经费…，公用经费…，前者占…，后者占…: one of the two parts that were told last."""
    said = re.match(r"[，；、]?(?P<which>[前后])者", scene.clause)
    parts = [topic for topic, _ in scene.talk.series[-2:]]
    if not said or len(parts) < 2:
        return None
    return parts[0] if said["which"] == "前" else parts[1]


#: 基本支出由人员经费352.40万元与公用经费48.63万元构成，仅占总支出的16.80%
MADE_OF = re.compile(r"(?P<name>[^，。；\d]{2,12})由[^。；]*(?:构成|组成)，[仅只约共]*占[^，。；\d]{0,10}$")


def made_of(scene: Scene) -> Topic | None:
    """What was said to be made of the parts before a share, which is of it and not of the last of them."""
    found = MADE_OF.search(scene.sentence)
    return topic_of_heading(tokens(found["name"])) if found else None


def shortly(scene: Scene) -> Topic | None:
    """人员经费占总支出63.01%，公用占9%，项目占28%: a part by a short word."""
    said = re.match(rf"[，；、]?(?P<part>{SHORT_WORD.pattern})(?:则|约|各)?占", scene.clause)
    return Topic(SHORT[said["part"][:2]]) if said and scene.talk.part else None
