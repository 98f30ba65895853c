"""Money that is divided otherwise than into 基本支出 and 项目支出: by kind, by payer, by fund, by a norm."""

from __future__ import annotations

import re

from extractors.figures.setting import Decision, Scene
from extractors.figures.signs import (
    ECONOMIC,
    OF_AMOUNTS,
    OF_DEPARTMENTS_AMOUNTS,
    OF_DEPARTMENTS_RATES,
    OF_PROJECTS_RATES,
    OF_RATES,
    Signs,
)
from extractors.figures.turns import of_years_together

KIND = re.compile(rf"{ECONOMIC}[为是]?\s?$")
BOTH_HALVES = re.compile(r"\s?[（(](?:其中)?[：:]?\s?(?:基本支出|项目支出)")
#: 项目支出按资金来源分，财政拨款安排1,096.48万元，单位自有资金安排…: what was spent, by who paid
BY_SOURCE = re.compile(
    r"支出[^，。；\d]{0,4}(?:按照?|从|分)(?:资金)?来源(?:渠道|性质)?(?:划分|构成|分类|来)?(?:分|看|划分)?[，,：:][^。；]*$"
)
GRANTED = re.compile(r"(?:财政)?拨款(?:资金|安排|支出|负担|列支)*[为是]?\s?$")
#: 若以年初预算为基数，则完成年初预算的105.78% · 与年初批复数相比，支出为年初预算的95.39%
ON_INITIAL = re.compile(
    r"(?:^|[，；。])\s?[而若如]?(?:果|以|按|按照|与|同|较|比|对照)+年初(?:批复|部门|预算|下达)+(?:数|金额|总额)?(?:为基数|为口径|口径|相比较?|比较|对比|比|计算)[，,]"
    r"[则仅只总全年实际支出完成执行达到为占是相当于]*(?:年初(?:批复|部门|预算)+(?:数|金额|总额)?)的?\s?$"
)
#: 按年初预算口径为102.57%, behind the rate of the whole and its parts
BY_INITIAL = re.compile(r"(?:^|[，；。])\s?按年初(?:批复|部门|预算|下达)+数?(?:的)?口径(?:计算)?[为是]\s?$")
#: 按支出构成，工程款3,702.00万元: what a project's money went to
BY_COST = re.compile(
    r"^\s*(?:[按从分](?:支出(?:构成|内容|用途)|合同|标段|费用(?:类别|构成)?|建设内容|支付对象|用款(?:方向|去向|对象)|资金去向|环节))(?:来)?(?:看|分|划分)?[，,：:]"
)
#: 从来源看，县级财政安排980万元，省级补助500万元 · 分级次看，中央、省、市、县资金预算分别为…
BY_PAYER = re.compile(
    r"^\s*(?:从|按|分)?(?:资金)?(?:来源|级次|层级)(?:上|看|渠道看|分|划分)[，,：:](?!.*(?:合计|共计?|总计))"
)
#: 省级资金支付490万元，支付率98%；市级资金支付936.35万元: what became of each payer's money
PAID_OF_PAYER = re.compile(
    r"(?:^|[，；。])(?:其中[，：:]?)?(?P<payer>中央|[省市县区州]级?|本级|上级)(?:财政)?(?:专项)?(?:资金|配套资金|配套|补助|部分)(?:实际|共)?(?:支付|支出|使用|拨付)了?[为]?\s?(?=\d)"
)
#: 市级资金到账太晚，仅付出32.16万元，使用进度79.41%
ONLY_PAYERS = re.compile(
    r"(?:其中[，：:]?)?(?:中央|[省市县区州]级?|本级|上级)(?:财政|配套|专项)?资金[^，；。\d]{2,12}，(?:仅|只|才)(?:付出|支出|支付|使用|拨付)"
)
#: 全年投入2,310.00万元，实际支出2,164.38万元: what was given, not what was spent
PUT_IN = re.compile(r"(?:全年|年度|共|累计|项目|资金)*投入(?:资金|各级资金|专项资金)*(?:共计?)?[为约]?\s?$")
SPENT_NEXT = re.compile(r"[，,](?:实际|全年|年末|共|累计|已)*(?:支出|支付|使用|拨付)(?:资金)?\s?\d")
#: 中标总价528.35万元，比采购预算561.00万元节约5.82%: of what was bought
TENDERED = re.compile(r"(?:中标|成交)[^。；]*[比较与]采购预算(?:价|金额)?\s?$")
#: 试剂公开招标，预算46.20万元，中标价44.88万元: of what was bought
OF_TENDER = re.compile(r"(?:招标|采购|询价|磋商|比选)，(?:采购)?预算(?:金额|价)?[为是]?\s?$")
PRICED = re.compile(r"\s?，(?:中标|成交|合同)(?:价|金额)")
#: 施工合同三份共3,816.00万元，已付3,052.80万元 · 设备采购合同总价672.40万元，预付款三成201.72万元: of some contracts
OF_CONTRACTS = re.compile(
    r"^(?:[^。；]*[，、])?(?!(?:本|该)?(?:项目|工程)?合同)[^。；，、\d]{2,24}(?<!签订)(?<!签约)(?<!签署)(?<!项目)(?<!总)"
    r"合同(?:总?价款?|总?金额|总?额)?(?:合计|共计|总计|[为是共]|[一二三四五六七八九十两\d]+份(?:共计?|合计|，(?:合同)?(?:总额|金额|总价)|，分别[为是]?)?)?\s?(?:\d[\d,.]*\s?[万亿]?元[，,（(][^。；]*)?$"
)
#: 每头保费320元，其中财政承担80%，即256元: below so many yuan, behind what each is paid
PER_HEAD, SMALL = (
    re.compile(r"每(?:公里|班|校|村|[头户人亩车台件名生床站处所套盏座条])[^。；]*\d万?元[^。；]*$"),
    10_000,
)
CARRIED_NEXT = re.compile(
    r"\s?[，,]?(?:当年|本年|全年)?(?:已)?(?:使用|支出|用去)\s?\d[\d,.]*\s?[万亿]?元[，,](?:使用|执行|支出)(?:率|比例)"
)
#: 全年支出城乡低保金2,768.45万元、特困供养金742.16万元: of one kind of benefits each
_BENEFIT = r"[^，。；、\d]{2,12}(?:金|补贴|津贴|补助)\s?"
BENEFIT, NEXT_BENEFIT = re.compile(rf"(?:支出|发放|支付){_BENEFIT}$"), re.compile(rf"、{_BENEFIT}\d")
#: 更新自动气象站28套，支出89.60万元，单套3.20万元；建设备份终端35个，支出52.50万元；…
BY_THING = re.compile(r"\d\s?[套个台座处辆间栋口眼]，(?:支出|投入|花费|用去)\s?$")
#: 我院2023年部门预算2,861.30万元，本项目仅是其中之一 · 我局部门整体支出为3,862.45万元
OF_ALL_OURS = re.compile(
    r"(?:[我本](?:[局院委办校厅会站馆所]|单位|部门|中心))(?:20\d\d年度?|全年|当年)?部门(?:预算|整体(?:20\d\d年度?)?(?:预算|支出)|支出)(?:预算|决算)?(?:总额|数)?[为是共]?\s?$"
    # 2023年我局年初部门预算总额3,418.65万元 · 市城管局部门预算全年为1.28亿元 · 中心全年收支总盘子为3,042.90万元
    r"|^(?![^，。；]*(?:项目|专项|工程))[^，。；]*(?:(?:部门|单位)预算(?:总额|总数|总盘子|盘子|总规模|总量)|收支总(?:盘子|额|规模)|[局院校馆]部门预算)(?:全年)?[为是共]?\s?$"
    # 全院一年预算2,964.35万元 · 林场2023年总预算1,427.50万元
    r"|(?:全(?:院|中心|局|站|馆|校|场|队|园|社|台|所|委|会|镇|乡|街道)(?:一年|全年|年度|20\d\d年|的)*(?:总)?|(?:[局院站场馆校所]|中心)(?:一年|20\d\d年度?|全年)?总)预算[为是共]?\s?$"
)
#: ①电费：712.40万元 · ③队员补助：28.80万元 · ④避雷设施6.40万元: what the project's money was spent on
ITEM_OF_USE = re.compile(
    r"(?:^|[；。\n])\s?[①-⑳]\s?(?![^，。；：]*(?:预算|支出|年初|全年|调整|追加|执行|支付|批复|下达|到位|项目|工程|结[转余]))[^，。；：\d]{2,12}[：:]?\s?$"
)
#: 年初批复总额538.72万元，其中基本支出238.72万元: a department's
BOTH_BEHIND = re.compile(r"\s?[，,（(]其中[：:]?基本支出(?:预算)?\s?\d")
#: 适老化改造316户，每户补助4,500元，计142.20万元 · 老年助餐40.2万人次，财政每人次补2.4元，计96.48万元
BY_EACH = re.compile(
    r"\d\s?万?(?P<of>户|人次|人|张|个|套|场|亩|公里|名)，[^，。；\d]{0,12}每(?P=of)[^，。；\d]{0,6}[\d,.]+万?元，(?:共?计|合计|共)\s?$"
)
#: 路面修补是支出大头，共460.02万元
LARGEST = re.compile(r"是(?:支出|花钱|投入)?(?:的)?(?:大头|主要部分|最大一[项块笔])，(?:共|计|合计|为)\s?$")
#: 财政实拨2,600.00万元，到位率97.01%
RAISED = re.compile(r"(?:实拨|实际拨付|拨付|拨入)(?:资金)?\s?$")
ARRIVAL = re.compile(r"，(?:资金)?到位率")
#: 若不计上年结转、仅以当年下达指标6,845.32万元相比: a base that is only supposed
BASE_SUPPOSED = re.compile(
    r"(?:^|[，。；])[^，。；]{0,4}[若如](?:[^。；]*以|(?:只|仅|单)按)[^，。；\d]{2,14}$"
)
#: 与县移动公司签订一年期合同，金额38.00万元，已付36.10万元
SIGNED = re.compile(
    r"签订(?:了)?[^，。；\d]{0,12}合同，(?:合同)?(?:金额|价款|总价|总额)?[为是]?\s?(?:\d[\d,.]*\s?[万亿]?元，(?:累计|已|实际|共|当年)*(?:支付|付款?|拨付)了?\s?)?$"
)
#: 中央补助资金支付率91.6%，居民自筹资金支付率100%
PAYERS_RATE = re.compile(
    r"(?P<payer>中央|自治区|[省市县区州旗]级?|上级|本级|地方|居民|群众|企业|社会|单位)(?:财政)?(?:补助|配套|自筹|专项|奖补|资本)*(?:资金|经费|部分)的?(?:支付|执行|使用|支出|拨付)(?:率|进度|比例)[为达是]?到?\s?(?=\d)"
)
#: 专项640万元，支付589.44万元，执行率92.1%，其中…督导服务费90万元付39.44万元，为43.82%: of a part
RATED_BEFORE = re.compile(
    r"(?:执行|支付|支出|使用|完成)(?:率|进度|比例)[^。；，\d]{0,4}\d[\d.]*\s?[%％][^。；]*[，。；]其中[^。；]*$"
)
#: 大寨乡因雨季滑坡二次清方，拨付进度为86%: of one place among several
OF_ONE_PLACE = re.compile(
    r"(?:^|[，。；、])(?P<place>[^，。；、\d]{1,6}?(?:乡|镇|街道|村|片区))(?:(?:因|由于|受)[^，。；]{2,20}，)?(?:资金)?(?:拨付|支付|执行|支出|兑付)(?:进度|率)[为是达到仅]*\s?$"
)
#: 项目全年共支付301.6万元: behind a contract, of the project again
OF_PROJECT_AGAIN = re.compile(r"全年|本年|当年|年度|项目|合计|总计|共计")
#: 若只看其中的中央资金700万元，则已支付686万元，支付比例98% · 全年预算中中央资金4,100万元: one payer's money among all of it
PAYER_AMONG = re.compile(
    r"(?:[若如]?(?:只|仅|单)[看算](?:其中的?)?|(?:预算|资金|投入|总额)中[，的]?)(?:中央|上级|[省市县区州旗]级?|自治区)(?:财政)?(?:补助|配套|专项|奖补)?(?:资金|部分)(?:[为是]?\s?\d[^。；]*)?$"
)


def decide_by_kind(scene: Scene) -> Decision | None:
    """Why an amount is none of the totals of its department or project; None where nothing here says so."""
    if _by_payers(scene):
        return scene.none("分出资方")
    if (decided := _by_signs(scene, OF_AMOUNTS)) is not None:
        return decided
    supposed = BASE_SUPPOSED.search(scene.source[: scene.figure.start])
    if supposed and re.match(r"\s?(?:相比|比较|为基数|为分母|计算|来算)", scene.source[scene.figure.end :]):
        return scene.none("假设")
    if scene.figure.unit == "元" and scene.figure.value < SMALL and PER_HEAD.search(scene.sentence):
        return scene.none("单位标准")
    if scene.setting.single:
        if _of_one_payer(scene):
            return scene.none("分出资方")
        if _of_one_place(scene):
            return scene.none("部分")
        if scene.setting.own and (BY_EACH.search(scene.sentence) or LARGEST.search(scene.sentence)):
            return scene.none("数量的金额")
        if RAISED.search(scene.clause) and ARRIVAL.match(scene.source, scene.figure.end):
            return scene.none("到位情况")
        listed = "；" in scene.sentence + scene.source[scene.figure.end :].partition("。")[0]
        if scene.setting.own and listed and BY_THING.search(scene.sentence):
            return scene.none("数量的金额")
        behind = BOTH_BEHIND.match(scene.source, scene.figure.end)
        if scene.setting.own and ITEM_OF_USE.search(scene.source[: scene.figure.start]):
            return scene.none("其他口径")
        if scene.setting.own and (behind or OF_ALL_OURS.search(scene.clause)):
            return scene.none("其他口径")
        if PUT_IN.search(scene.clause) and SPENT_NEXT.match(scene.source, scene.figure.end):
            return scene.none("其他口径")
        tendered = OF_TENDER.search(scene.sentence) and PRICED.match(scene.source, scene.figure.end)
        if tendered or TENDERED.search(scene.sentence):
            return scene.none("合同价款")
        told = scene.sentence.rpartition("；")[2]
        of_contracts = OF_CONTRACTS.search(told) or SIGNED.search(told)
        if scene.setting.own and of_contracts and not OF_PROJECT_AGAIN.search(scene.clause):
            return scene.none("合同价款")
        return scene.none("项目的明细") if BY_COST.search(scene.sentence) else None
    if re.search(r"结转(?:结余)?资金\s?$", scene.clause) and CARRIED_NEXT.match(
        scene.source, scene.figure.end
    ):
        return scene.none("其他口径")
    if KIND.search(scene.clause) and BOTH_HALVES.match(scene.source, scene.figure.end):
        return scene.none("其他口径")
    if BY_SOURCE.search(scene.source[: scene.figure.start]) and GRANTED.search(scene.clause):
        return scene.none("其他口径")
    if BENEFIT.search(scene.clause) and NEXT_BENEFIT.match(scene.source, scene.figure.end):
        return scene.none("明细科目或其他口径")
    return _by_signs(scene, OF_DEPARTMENTS_AMOUNTS)


#: 县级配套支出进度较低（23.68%）
OF_PAYER_SLOW = re.compile(
    r"(?:中央|上级|[省市县区州]级)(?:财政)?(?:配套|补助|专项)?(?:资金)?(?:支出|执行|支付)(?:进度|率)[^，。；\d]{0,6}[（(]\s?$"
)


def decide_rate_by_kind(scene: Scene) -> Decision | None:
    """What a rate is that is of one fund's money alone, or of all that was spent by the initial budget, whatever
    part was rated before it; None where nothing here says so."""
    figure, before = scene.figure, scene.source[: scene.figure.start]
    if "成" in scene.text and re.search("约|近", scene.clause):
        return scene.none("约数")  # 约合预算的九成七
    if _by_payers(scene):
        return scene.none("分出资方")
    if (decided := _by_signs(scene, OF_RATES)) is not None:
        return decided
    if scene.setting.single:
        if of_years_together(scene):
            return scene.none("多年合计")
        if OF_PAYER_SLOW.search(before) or _of_one_payer(scene) or _payers_rate(scene):
            return scene.none("分出资方")
        place = OF_ONE_PLACE.search(scene.sentence)
        if place and place["place"] not in scene.setting.names.department:
            return scene.none("其他口径")
        if _of_one_place(scene):
            return scene.none("部分的比率")
        if RATED_BEFORE.search(before) and "预算" not in scene.clause:
            return scene.none("部分的比率")
        return _by_signs(scene, OF_PROJECTS_RATES)
    if ON_INITIAL.search(before) or BY_INITIAL.search(before):
        return Decision(figure, "rate.total", figure.quantity, None, scene.period, "initial")
    return _by_signs(scene, OF_DEPARTMENTS_RATES)


def _by_signs(scene: Scene, signs: Signs) -> Decision | None:
    """The decision of the first pattern that is found where it is looked for."""
    places = {
        "clause": scene.clause,
        "sentence": scene.sentence,
        "before": scene.source[: scene.figure.start],
        "behind": scene.source[scene.figure.end :],
    }
    for pattern, where, reason in signs:
        if pattern.match(places[where]) if where == "behind" else pattern.search(places[where]):
            return scene.none(reason)
    return None


#: 债券资金累计支出7,260.40万元，使用进度90.76%，其中2022年支出2,000.00万元 · 8,000.00万元专项债券分两期发行
OF_BONDS = re.compile(r"债券资金(?:已|累计|实际|共|全年)*(?:支出|使用|支付)[^。；]*$")
BONDS_BEHIND = re.compile(r"\s?(?:的)?(?:地方政府)?(?:专项|一般)债券")


def _by_payers(scene: Scene) -> bool:
    """Whether a figure is of one payer's money among others', or told payer by payer in a project's report, or of what
    bonds paid."""
    if PAYER_AMONG.search(scene.sentence.rpartition("；")[2]):
        return True
    if scene.setting.single is None:
        return False
    told = BY_PAYER.search(scene.sentence) or OF_BONDS.search(scene.sentence)
    return bool(told or BONDS_BEHIND.match(scene.source, scene.figure.end))


#: 一是杨坊镇，辖区人口最多，全年安排612.50万元 · 四是城关片区及县级指导机构，合计安排730.00万元
OF_PLACE = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}是|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）).．、]|[①-⑳]|——|其中[，：:]?)?\s?"
    r"(?P<place>[^，。；、：\d]{1,6}(?:乡|镇|街道|片区))(?:(?:[及和与][^，。；：\d]{2,12})?[，：:]|等?(?:其余|其他)?\d+[个家所座])"
)
#: 其余489.40万元安排用于档案数字化等零星事项，支出442.42万元
REST_TOLD = re.compile(r"\s*(?:其余|余下的?|剩下的?)(?:\d[\d,.]*[万亿]?元[^；。]*)?$")
#: （4）其余是设计、监理、检测等费用。共安排144.00万元
OF_REST = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}是|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）).．、]|[①-⑳]|——)\s?(?:其余|剩余|其他)[是为]?[^，。；：\d]{2,24}费用?[，。：]"
)


def _of_one_place(scene: Scene) -> bool:
    """Whether a figure of a project's own report is of one place among several, or of the costs beside its parts."""
    if scene.setting.own is None:
        return False
    told = re.split("[；。]", scene.source[: scene.figure.start])[-1]
    place = OF_PLACE.match(told) or OF_PLACE.match(scene.source)
    if place and place["place"] not in scene.setting.names.department:
        return True
    if REST_TOLD.match(told):
        return True
    return OF_REST.match(scene.source) is not None


def _of_one_payer(scene: Scene) -> bool:
    """Whether a figure is of one payer's money, in a paragraph that tells what became of that of several."""
    told = re.split("[；。]", f"{scene.source[: scene.figure.start]}0")[-1]
    if ONLY_PAYERS.match(told):
        return True
    if not PAID_OF_PAYER.match(told):
        return False
    return len({found["payer"] for found in PAID_OF_PAYER.finditer(scene.source)}) > 1


def _payers_rate(scene: Scene) -> bool:
    """Whether a rate is of one payer's money, in a paragraph that gives those of several."""
    rates = list(PAYERS_RATE.finditer(scene.source))
    return (
        any(rate.end() == scene.figure.start for rate in rates) and len({rate["payer"] for rate in rates}) > 1
    )
