"""The words by which a sentence turns: to projects, to parts, to a day within the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.segments import has, tagged, year_in
from extractors.figures.setting import Scene
from extractors.language import Token

#: 重点项目当中，…
AMID = frozenset(("中", "里", "当中", "之中", "里面"))
PROJECTS_IN = re.compile(r"(?:专项|项目|专项资金|项目资金)$")
#: 下一步，…计划安排资金300万元: what has yet to come
AHEAD = re.compile(r"(?:下一步|下一?年度?|明年|来年|今后|下一?阶段)(?:工作中|里|内)?[，,：:]")
#: 招商引资工作经费80万元: the work on other people's money
WORK_ON = re.compile(r"(?:工作|业务|监管|管理|宣传)(?:专项)?(?:经费|项目)")
#: 编制数88, 在职85: nothing but a mark follows
BARE_END = re.compile(r"\s*(?:[,，、;；。（(]|\.(?!\d)|$)")
#: 资金量较大的项目有4个：甲经费，预算…，执行…；乙…
INLINE = re.compile(
    r"项目(?:(?:执行|支出|资金|完成|实施)?情况)?(?:有|共|为|是|包括|分别是|分别为|共有|主要有)?(?:\d+|[一二三四五六七八九十]+)?[个项]?(?:，?(?:分别是|分别为|即|有|具体为|如下))?$"
    r"|(?:专项|专项资金|专项工作)(?:主要)?(?:有|包括|共有|分别[是为]|如下)(?:[\d一二三四五六七八九十两]+[个项])?$"  # 我局承担的专项有：…
    # 项目支出共4项，分别为：优抚对象补助，安排1,402万元、支出…
    r"|项目(?:支出|资金|经费)(?:共有?|有|共?计|合计|包括)(?:\d{1,2}|[两二三四五六七八九十]{1,2})[个项](?:，?(?:分别|具体|依次|逐项)?(?:是|为|有|如下|列示如下)?)?$"
    # 几个用钱较多的项目是这样的：农村公路日常养护预算860万元
    r"|项目(?:支出|资金)?(?:的)?(?:情况)?(?:是)?(?:这样的?|如下|下面这些)$"
    # 金额较大的有两项：一是馆藏档案数字化加工，预算…
    r"|(?:金额|资金|数额)[较最]大的(?:项目|支出|专项)?(?:主要)?(?:共)?有[\d一二三四五六七八九十两]+[个项笔]$"
    # 项目支出占全部支出的47.68%，较大的有：宋韵文化主题街区提升，全年预算…
    r"|项目支出[^。；：]{0,30}，(?:其中)?[较最]大的(?:项目)?(?:主要)?(?:有|是|为|包括)(?:[\d一二三四五六七八九十两]+[个项笔])?$"
    # 项目资金主要投向：高标准农田建设，投入…；耕地地力保护补贴，…
    r"|(?:项目|专项)(?:资金|支出|经费)?(?:主要|重点|分别|集中|全部)*(?:投向|投入到?|用于|用在|花在|安排(?:用于|在|给)|支持了?|保障了?)(?:以下|下列)?(?:[\d一二三四五六七八九十两]+[个项])?(?:方面|领域|项目|工作)?$"
)
#: 项目支出共四块，列示于后：
PARTED = re.compile(
    r"项目支出(?:一?共有?|分为?|有|计有?|可分为?)?[两二三四五六七八九十\d]\s?(?:块|大?类|笔|部分)"
    r"(?:，?(?:分别[为是]|具体[为是]|(?:具体|逐一)?(?:列示|分列|列举|详列|列)?(?:如下|于后|在后)))?$"
)
#: 总执行率96%。分开来看，基本支出99%，项目支出93%: the rates go on
IN_PARTS = re.compile(
    r"\s*(?:分开|分项|分类|具体|细分|按[^，。；]{1,8}|从[^，。；]{1,10}|分[^，。；]{1,6})(?:来)?[看说分]?[，,：:]"
)
#: 年初预算时未包含上级资金: no list of parts begins
NEGATED = re.compile(r"(?:未|不|没有|并未|尚未)(?:再|单独|另行)?$")
#: 较上年18.70万元零增长，包括…: the comparison is over, the parts are this year's
LEVELLED = re.compile(
    r"(?:零增长|持平|一致|相同|不变|无变化|没有变化|略[增减升降]|有所|相当).*(?:其中|包括|含|分为|构成|组成|有)"
)
#: 智慧应急一期
PHASE = re.compile(r"[一二三四五]期")
#: 农村客运补贴预算500万元，…。因公出国经费预算0万元…: “三公” is the department's, never a project's
PUBLIC = re.compile(
    r"\s*(?:另外?，?)?(?:全年|本年度?|当年|20\d\d年度?)?[“\"]?(?:因公出[国访境]|公务接待|公务用车|三公[”\"]?经费)"
    r"(?![^，。；：\d]{0,8}(?:项目|工程|专项|平台|更新|改革))"
)
#: 项目支出90万元。金额较大的有：甲30万元，乙20万元: some of them
LARGER = re.compile(
    r"(?:金额|资金|资金量|规模|数额|支出|体量|额度|占比)?(?:[较最]|比较|相对)?[大多高]的(?:项目|专项)?(?:主要)?(?:有|是|为|包括)(?:[两二三四五六七八九\d][项个笔])?$"
)
USED = re.compile(r"(?:专项|项目)(?:资金|经费|支出)?[^，。；：]{0,16}(?:使用|支出|执行)情况(?:如下)?$")
#: 四项，分别为
EACH_OF = re.compile(r"\s?[，：]?(?:具体)?(?:各自|分别|依次)?(?:为|是)[：:]?")
COUNTED = re.compile(r"^(?:共|全年|实施|安排|开展|组织|承担|涉及|申报|完成|预算)+|(?:类|支出)?项目$")
#: 经镇人大主席团审查后调整预算为8,904万元
APPROVED = re.compile(r"(?:审查|审议|审批|审核|审定|批准|同意|核准|批复|通过|研究|备案|报批|决定)$")
#: 1—6月执行进度46.8%
MONTHS = re.compile(r"(?<!\d)1月?\s?(?:[-—–~～至到]|——)\s?(?:[2-9]|1[01])月(?!\d)")
#: 2023年5月市财政首次通报，我馆支出进度为32.1%
REPORTED = re.compile(r"(?<!\d)(?:[1-9]|1[01])月份?[^，。；\d]{0,10}(?:通报|调度|约谈|督办)")
#: 1月、2月
SEVERAL_MONTHS = re.compile(r"(?<!\d)1?\d月(?!\d)")
#: 4月、7月、10月三个节点的支付进度 · 截至6月、9月
SEVERAL = re.compile(r"(?<!\d)1?\d月[底末份]?(?:[、和及]1?\d月[底末份]?)+")
#: 上半年支出1,150万元，执行率48.3%；全年支出…
WITHIN_QUARTERS = re.compile(
    r"截[至止]到?(?:[一二三四五六七八九]|十一?)月|(?<![\d])(?:[1-9]|1[01])月(?:底|末|份|、|和)|(?<!十)(?:[一二三四五六七八九]|十一?)月(?:底|末|份|、|和)|(?:[一二三1-3]|前[两二三])个?季度|上半年|半年|前\S{1,2}个?月|第[一二三]阶段末|序时(?!进度(?:的(?:主要)?原因|使用|推进))"
)
#: 结余结转至2024年的资金
CARRIED_ON = re.compile(r"(?:结转|转入|结余|转)(?:至|到)?\s?$")
#: 本年支出 is one label
THIS_YEAR = ("本年", "当年", "今年")
CARRIED = re.compile(
    r"度?(?:年?[末底])?(?:未[^，。；\d]{1,6}[、而，]?)?(?:经[^，。；\d]{2,6})?(?:结转|结余|剩余)"
)
#: 因1辆2009年购置的面包车报废: the year of a thing, not of the money
ACQUIRED = re.compile(
    r"\s?(?:购置|购买|购入|采购|建成|建造|修建|建设|启用|投用|投入使用|出厂|安装|配备|成立|印发|出台)(?:的|使用)"
)
#: 与2022年相比：上年资金320万元，支出308万元: all that follows the colon is last year's
COMPARED_WITH = re.compile(r"(?:上年|上一?年度?|去年|20\d\d年)[^。；：]{0,8}(?:相?比较?|对比|情况)[：:]$")
#: 公用车辆已于2016年车改时上交，运行维护费0元 · 部分资金于2023年1月发放；乙项目…: when something happened
HAPPENED = re.compile(r"(?<![低高少多小大优等由对])于\s?$")
#: the months in which the next year's budget is drawn up
WHEN_PLANNED = re.compile(r"1[0-2]月")
PLANS = re.compile("年初|调整后|全年预算")
#: 2022年四季度按120台申报2,400万元，…，年初批复2,000万元: the year in which something was asked for is no other figure's
APPLIED_FOR = re.compile(r"(?:申报|申请|上报)[^，。；\d]*$")
FULL_YEAR = re.compile(r"全年(?!预算的\s?(?:\d|$))|年末|年底|年度|四季度末|12月(?:末|底|31日)")
#: 截至6月底, 2023年9月30日: a state within the year
WITHIN_YEAR = re.compile(r"(?<!\d)(?:[1-9]|1[01])\s?月|(?<!十)(?:[一二三四五六七八九]|十一?)月")
#: 三项合计支出…: the whole of a project again, after its parts
#: 采穗圃25.80万元，全年支出232.50万元
YEARS_SPENDING = re.compile(r"[，、；\s]*全年(?:共|累计|实际|总)*支出(?:共计?|合计)?[为是]?\s?")
WHOLE_AGAIN = re.compile(r"合计|总计|共计|总共|全部|整体|本项目|该项目|本专项|[两三四五六七八九十]项共")


#: 减支135万元，主因是2021年有一次性尾款36万元
CAUSED = re.compile(r"(?:主因|原因|主要|由于|因为|因|系|缘于)(?:[是为系在]|在于)?(?:上年|前期)?\s?$")


#: 公用经费由236.40万元减为221.63万元 · 收入从714万元到767万元: what it was, and what it became
COMES_FROM = re.compile(r"(?:由|从)(?:上年度?|上一?年度?|去年|20\d\d年度?)?的?\s?$")
_MOVES = r"(?:增|减|降|升|涨|压|提高|下降|上升|增长|增加|减少|降低|压减|压缩|扩大|缩小|回落|走低|走高|攀升|上涨|下滑|滑落|缩减|升高|变|变动|调整)"
#: 总支出由85.2万元上升至90.1万元: a trend of the years, never what a budget was changed to
_TRENDS = r"(?:上升|下降|增长|回落|走低|走高|攀升|上涨|下滑|滑落|[升降涨跌])"
GOES_TO = re.compile(
    rf"\s?[，,]?(?:大幅|逐步|进一步|小幅|略|微)*(?P<way>{_MOVES})?(?:到|至|为)了?(?:本年|今年|当年|20\d\d年)?的?\s?"
)

#: 与上年相比，基本支出由1,287.02万元增加25.42万元 · 公用经费从208.30万元往下走，压减了13.66万元: by how much it changed
GOES_BY = re.compile(
    r"\s?(?:[往向][上下]走|[涨升降落][上下]?来|起步)?[，,]?(?:多|少|增加|增长|减少|下降|压减|[增减])了?\s?\d"
)

#: 与上年比：支出476.95万元→514.36万元
ARROW = re.compile(r"\s?(?:→|—+[>》]|-+>|⇒)\s?")


def comes_from(source: str, start: int, end: int) -> bool:
    """Whether an amount is what something was before it became the next one."""
    led = COMES_FROM.search(source[max(0, start - 10) : start])
    changed = GOES_TO.match(source, end) or GOES_BY.match(source, end)
    return bool((led and changed) or ARROW.match(source, end))


TREND = re.compile(rf"\s?[，,]?(?:大幅|逐步|进一步|小幅|略)*{_TRENDS}(?:到|至|为)")


def comes_by_trend(source: str, start: int, end: int) -> bool:
    """Whether an amount is last year's without a word of the year: 总支出由85.2万元上升至90.1万元."""
    return comes_from(source, start, end) and TREND.match(source, end) is not None


def became(source: str, start: int) -> bool:
    """Whether an amount is what the one right before it became."""
    said = _behind_amount(source, start)
    return said is not None and bool(GOES_TO.fullmatch(said) or ARROW.fullmatch(said))


def _behind_amount(source: str, start: int) -> str | None:
    """The words between the amount right before a figure and the figure, None where none stands there."""
    said = re.search(r"元(?P<way>[^元]{0,14})$", source[max(0, start - 16) : start])
    return said["way"] if said else None


def rose_or_fell(source: str, start: int) -> int:
    """The direction in which the amount right before this one became it: 由85.2万元升至90.1万元; 0 where none is told."""
    moved = GOES_TO.fullmatch(_behind_amount(source, start) or "")
    way = (moved["way"] or "") if moved else ""
    return -1 if re.search("[降减落缩跌滑压低]", way) else 1 if re.search("[升增涨高扩]", way) else 0


def within_projects(tokens: Sequence[Token], source: str) -> bool:
    """Whether the first of these tokens says that projects are spoken of from within: 市级科技专项中."""
    return bool(tokens) and tokens[0].text in AMID and bool(PROJECTS_IN.search(source[: tokens[0].start]))


def led_within(near: Sequence[Token], source: str) -> int:
    """How many tokens of a clause lead to projects that it goes on to list: 项目里主要有…; 0 where none do."""
    return next(
        (
            at + 2
            for at in range(len(near) - 1)
            if within_projects(near[at:], source) and has([near[at + 1]], "turn.among")
        ),
        0,
    )


def lists_parts(heard: Sequence[Token], source: str) -> bool:
    """Whether parts follow; 由甲和乙构成 has named them before."""
    return any(
        (token.text != "构成" or "由" not in source[max(0, token.start - 80) : token.start])
        and not NEGATED.search(source[: token.start])
        for token, _ in tagged(heard, "turn.among")
    )


def levelled(heard: Sequence[Token]) -> bool:
    """Whether the words since the last figure end a comparison and begin a list of parts."""
    return bool(LEVELLED.search("".join(token.text for token in heard)))


def interim(token: Token) -> bool:
    """Whether a date stands before the year's end: what was spent by then is not the year's."""
    return token.known is not None and token.known.reason == "日期" and bool(WITHIN_YEAR.search(token.text))


#: 征地手续直至11月才批复: how late something came, no state of the money
LATE = re.compile(r"(?:份|[底末初中]|[上中下]旬)?(?:才|方才?|刚|始)")


#: 接口标准推迟到10月发布
PUT_OFF = re.compile(r"(?:推迟|延迟|延期|顺延|延后|改)[到至]$")


def _until(token: Token, source: str) -> bool:
    """Whether a day within the year is one up to which something is counted: 截至9月30日."""
    before, after = source[max(0, token.start - 4) : token.start], source[token.end : token.end + 2]
    if LATE.match(source, token.end) or PUT_OFF.search(source[: token.start]):
        return False
    return interim(token) and bool(
        re.search(r"(?:截[至止]|到|至|前)$", before) or re.match(r"底|末|止|前|，", after)
    )


#: 截至2024年1月底决算批复，累计执行1,116万元
UNTIL = re.compile(r"截[至止]到?\s?$")


def settles_year(token: Token, scene: Scene) -> bool:
    """Whether a date is the day of the next year until which the year's own money was counted."""
    year = scene.setting.fiscal_year
    said = year_in(token, year)
    return bool(year and said == year + 1 and UNTIL.search(scene.source[: token.start]))


def dates_event(token: Token, scene: Scene) -> bool:
    """Whether a clause before the figure's own says when something happened: 已于2016年上交，…. What was spent
    当年 was spent in that year."""
    if WHEN_PLANNED.search(token.text) and PLANS.search(scene.clause) and token not in scene.segment.near:
        return True  # 2022年11月编报预算，经人大批准，年初预算安排1,268万元: 2023's
    happened = HAPPENED.search(scene.source[: token.start])
    return bool(happened and token not in scene.segment.near and "当年" not in scene.clause)


#: 总支出比上年增加224.58万元，增长5.80%；基本支出增加65.55万元
MOVES_TOO = re.compile(
    r"\s?(?:其中[，：:]?)?(?:基本|项目|实际|全年)支出(?:也|则|又|同比)?(?:增加|减少|增长|下降|上升|降低|回落)了?\s?\d"
)


#: 下半年按实有人数调减34万元: a change of the plan, no state of the money
CHANGED = re.compile(
    r"(?:调[减增]|调整(?!后|预算)|追加|追减|[压核]减|收回|增[列补拨]|补充下达)[^，。；\d]{0,6}$"
)


#: 联调顺延到次年一季度
NEXT_QUARTER = re.compile(r"(?:次|下一?|明|翌)年度?第?(?:[一二三四]季度|[上下]半年)")


#: 上半年结算116.20万元，下半年结算122.45万元，共支出238.65万元，执行率99.44%
BOTH_HALVES = re.compile(
    r"上半年[^。；]*下半年[^。；]*，(?:全年|两次|两项)?(?:共|合计|累计|总计)(?:计)?[^。；]*$"
)


def within_year(scene: Scene, before: bool) -> bool:
    """Whether a figure is of a state within the year: by its clause, by what was heard before it, or as the
    figures `before` it were. A day of the next year, 截至2024年1月底, is past its end."""
    if any(settles_year(token, scene) for token in scene.segment.all):
        return False
    clause = re.split(r"[，。；]", scene.source[: scene.figure.start])[-1]
    months = (
        MONTHS.search(clause)
        or REPORTED.search(scene.heard)
        or SEVERAL.search(clause)
        or len(SEVERAL_MONTHS.findall(scene.heard)) >= 2
    )
    parted = max(scene.source.rfind(mark, 0, scene.figure.start) for mark in "；;")
    own = [token.text for token in scene.segment.all if token.start > parted]
    heard = NEXT_QUARTER.sub("", "".join(own))
    if (WITHIN_QUARTERS.search(heard) or months) and not CHANGED.search(clause):
        before = True
    elif FULL_YEAR.search(scene.heard):
        before = False
    if BOTH_HALVES.search(scene.source[: scene.figure.start]):
        before = False
    if FULL_YEAR.search(scene.spoken) and not WITHIN_QUARTERS.search(scene.spoken):
        before = False  # 达到10月67.5%的序时要求；全年预算执行率99.08%
    return before or any(
        _until(token, scene.source) and not _done_by(token, scene) for token in scene.segment.all
    )


def _done_by(token: Token, scene: Scene) -> bool:
    """Whether a clause before the figure's own says by when something was done: 于4月22日前拨付各乡镇，…，当年发放865万元;
    三份合同均在11月底前验收；传承工作室项目安排60万元."""
    between = scene.source[token.end : scene.figure.start]
    by = scene.source[: token.start].endswith(("于", "在")) and between.startswith("前")
    return by and re.search("[，；]", between) is not None


#: 下属单位中，县社会福利中心全年预算812.36万元 · 分单位看，局机关项目经费执行率95.1%: of its units, each
UNITS = re.compile(
    r"(?:下属|所属|直属|二级|局属|基层|下级)(?:各|预算|事业|二级)*单位(?:(?:当?中|里|方面)[，,：:]|[\d一二两三四五六七八九十]+[个家][，,](?:其中|分别为?)[，,：:]?)"
    r"|分(?:预算)?单位(?:来?看|统计|来?说|情况)?[，,：:]|(?:从|按)(?:各|分|预算)*单位(?:来?看|来?说|分)[，,：:]"
)
#: 局机关本级公开的预算数为986.40万元（基本支出612.40万元、项目支出…: the parts of what one of them has
OF_ONE = re.compile(
    r"(?:[局厅委部院会办]|机关|单位)本级[^，。；：（\d]{0,8}(?:预算|支出|决算)数?[为是共：]{0,2}\s?\d[\d.,]*万?元（[^（）]*$"
)
#: what is of all of them again
OF_ALL_UNITS = re.compile(r"全(?:局|系统|部门|县|市|区)|整体|合计|总计|汇总|部门预算")


def of_units(scene: Scene) -> bool:
    """Whether a figure is of one of the department's units, of which its sentence tells in turn."""
    units = UNITS.search(scene.sentence)
    told = units is not None and not OF_ALL_UNITS.search(scene.sentence, units.end())
    return told or OF_ONE.search(scene.sentence) is not None


#: 回溯三年，执行数累计17,845.75万元 · 自2021年底动工至今，历年付款合计8,616.26万元
OVER_YEARS = re.compile(
    r"(?:回溯|历年|近?[两二三四五六]年(?:来|间|以来)?|(?:动工|开工|立项|启动|实施|建设)?(?:以来|至今))[，,]?[^。；\d]{0,10}(?:累计|合计|共计?)[^。；\d]{0,6}$"
    r"|20\d\d年以来[^。；]*累计[^，。；\d]{0,6}$"  # 2021年以来累计改造1267户、累计支出401.3万元
    r"|“?十[二三四五]五”?(?:以来|期间)[^。；]*累计[^，。；\d]{0,6}$"  # “十四五”以来累计改造412户，累计支出321.6万元
    r"|自(?:项目|工程)?(?:启动|立项|开工|实施)[^，。；\d]{0,4}(?:至|到)[^。；]*累计[^，。；\d]{0,6}$"  # 自启动至2022年末，累计支出
    # 2022—2023年累计安排150万元，累计支付143.10万元
    r"|20\d\d年?[-—~～至到]+20\d\d年[^。；\d]{0,6}累计[^。；]*累计[^，。；\d]{0,6}$"
    # 三年总预算为240万元，截至年末累计支出155.87万元
    r"|[两二三四五]年总?(?:预算|投资|概算)(?:总额)?[为是共]?\s?\d[^。；]*累计[^，。；\d]{0,6}$"
)
#: 该项目自2022年筹备以来累计支出894.17万元
SINCE_YEAR = re.compile(r"[自从](20\d\d)年[^，。；\d]{0,8}(?:以来|起|至今)，?(?:已|共)?累计[^，。；\d]{0,6}$")
#: 2021—2023年三年支出合计6,322.77万元，年均2,107.59万元: of several years, whoever spent it
SPAN = re.compile(
    r"20\d\d年?[-—~～至到]+20\d\d年[^，。；\d]{0,12}(?:合计|累计|共计?|总计)[^，。；\d]{0,4}(?:\d[\d,.]*[万亿]?元[，,、]?年均)?[为约]?\s?$"
)
#: 累计支付960万元，占总投资的75% · 累计支出2,412万元，其中本年支出936.35万元: of all the years of a project
OF_ALL_YEARS = re.compile(
    r"\s?[，,（(]?(?:占|为|达)(?:项目|工程|到)?(?:总投资|概算|总概算|投资总额)|[，,（(]其中[，：:]?(?:当年|本年|20\d\d年)"
)


#: 三年合计安排预算2,107.00万元、支出2,058.95万元 · 三年累计安排9,848.50万元；累计支出9,353.32万元，累计支出进度94.97%
YEARS_TOGETHER = re.compile(
    r"(?:^|[，；])[两二三四五]年(?:合计|累计|共计?)(?:(?!，20\d\d年度?(?:安排|预算|支出|支付))[^；])*(?:；累计[^；]*)?$"
)


def of_years_together(scene: Scene) -> bool:
    """Whether a figure is of a project's money in all the years that it has run for."""
    return scene.setting.single is not None and YEARS_TOGETHER.search(scene.sentence) is not None


def over_years(scene: Scene) -> bool:
    """Whether an amount is of several years: of those that a span names, or of all that a project has run for."""
    since, year = SINCE_YEAR.search(scene.sentence), scene.setting.fiscal_year
    if SPAN.search(scene.sentence) or (since and year and int(since[1]) < year):
        return True
    if not scene.setting.single:
        return False
    all_paid = "累计" in scene.clause and OF_ALL_YEARS.match(scene.source, scene.figure.end)
    return bool(all_paid or OVER_YEARS.search(scene.sentence.rpartition("；")[2]))
