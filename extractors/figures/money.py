"""Amounts of money: whose they are, planned or spent, of which year."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extractors.figures.aspects import BARE_SPENT, WITHIN, within_budget
from extractors.figures.carrying import decide_carried
from extractors.figures.changes import decide_against, decide_change, decide_last_year, word_direction
from extractors.figures.concepts import CONCEPTS
from extractors.figures.continuity import ON_THE_OTHER_SIDE, resolve
from extractors.figures.givers import decide_given
from extractors.figures.kinds import decide_by_kind
from extractors.figures.names import UNNAMED
from extractors.figures.parts import public_cost
from extractors.figures.quantities import Found
from extractors.figures.segments import Topic, has, tagged
from extractors.figures.setting import Decision, Scene
from extractors.figures.several import decide_several, of_several
from extractors.figures.topics import MONEY_ROLES, PAYER, WEAK
from extractors.figures.turns import AHEAD, WORK_ON, of_years_together, over_years
from extractors.language import Token
from schema.report import Stage

#: what only a department's money is divided into; in a project's they are costs
OF_DEPARTMENTS = frozenset(
    ("personnel", "operating", "basic", "three_public", "overseas", "vehicles", "hospitality")
)
#: what speaks of the whole of a project's money, after its parts too
OF_ALL = re.compile(r"全年|累计|合计|共计|总计|总共|共|全部|年末|年底|截至|预算|资金总|项目")
APPROVED = re.compile(r"(?<!概算)(?<!可研)批复(?:预算|资金|金额)?[为是]?\s?$")
#: 全年共支付301.6万元: of the project again, behind its sources, its contracts and its costs
OWN_AGAIN = re.compile(
    r"^[，；]?(?:全年|本年度?|当年|年度)(?:共|实际|总|累计|合计)+(?:支出|支付|使用|执行)[为了]?\s?$"
)
#: 全年收入1,101.36万元。其中：财政补助612.35万元
SUBSIDY = re.compile(r"[，、；\s]*(?:其中[，：:]?)?财政(?:补助|补贴|拨付|投入)(?:款项?|资金)?[为是]?\s?")
#: 批复202.92万元，其中121.50万元用于人员和日常公用: a part of what was told
FOR_PART = re.compile(r"\s?(?:主要)?(?:用于|投向|是用于|用在|用作)")
#: 核定“三公”经费限额3.60万元
PUBLIC_LIMIT = re.compile(
    r"[“\"]?三公[”\"]?(?:经费)?(?:支出)?的?(?:年度|全年)?(?:控制)?(?:限额|上限|控制数|控制线)[为是：:]?\s?$"
)
BARE_REST = frozenset(("结余", "累计结余", "滚存结余", "结余资金", "当期结余", "累计结转结余"))
#: what a bare 结余 behind it is left of: not of the department's money
REST_OF = frozenset(
    ("category", "other", "procurement", "three_public", "overseas", "vehicles", "hospitality")
)
SHIFTED = frozenset(("预算调整数", "调整数", "预算调整"))
FINAL = re.compile(r"^[^。；]*(?:调整后|全年预算|预算总额|最终预算)")
REGIONS = frozenset(("我市", "我县", "我区", "我省", "我州", "全市", "全县", "全区", "全省", "全州"))
#: a body below the county, whose county's money is not its own
LOWER = re.compile(r"(?:乡|镇|街道|办事处|学校|小学|中学|一中|幼儿园|医院|卫生院|站|所|馆)(?:人民政府)?$")
#: 医保基金当年收入28.6亿元、支出
OTHERS_SPENT = re.compile(r"、(?:支出|支付|收入|结余)$")
OWN_OFFICE = re.compile(r"(?:其中)?(?:[局厅委部院会办]|单位)?(?:机关|本级|机关本级)")
OWN_LEVEL = re.compile(r"(?:局|厅|委|部|院|会|办|机关|单位)本级(?:单独)?(?:公开|编报)?$")
PER = re.compile(r"\s?(?:/|／|每)\s?(?:人|年|月|天|户|亩|次|家|生|村|公里|辆|台|平方米|课时|吨|套|场)")
#: 88.8万元结转下年继续使用
UNSPENT = re.compile(
    r"\s?(?:资金|指标)?(?:[在于](?:年底|年末|年终))?(?:已|均|全部)*(?:由|被|交|上缴)?(?:财政)?(?:统一)?(?:结转|留[到待至]|未支出|未执行|未使用|未支付|[未没](?:有)?达?到?付款(?:条件|节点|期)|没有使用|没有支出|尚未|由财政收回|财政收回|被收回|收回|缴回)"
    r"|\s?，(?:已|均)(?:按规定|依规|全部)?(?:申请|办理)了?结转"
)
#: 剩下：12,800元，是招标节约的 · 还剩3.59万元: of no year's end, and of nothing that is named
LEFT = re.compile(
    r"(?:^|[，。；：、\s])(?:还|尚|仍|只|一共|总共|共)?(?:剩下?|余下|剩余(?=指标|额度|的?资金))(?:的|了|的?资金|指标|额度|的?钱)?[：:为]?\s?$"
)
LEFT_FOR = re.compile(r"\s?的?(?:则|全部|都|均)*[为是属系归用投列转结]")  # 余下718.30万元为项目支出
#: 项目资金650万元全部到位: what arrived is neither planned nor spent
ARRIVED = re.compile(
    r"\s?[，,]?(?:已|均|现)?(?:于[^，。；]{1,16})?(?:分[两二三四]次?批?)?(?:全部|全额|足额|及时|按时|如数)*到(?:位|账)(?!率)"
)
#: 省林草局下达阻隔系统补助144.00万元，年末预算数增至1,034.00万元
GROWN_TO = re.compile(
    r"\s?[，,](?:年末|全年|调整后)?(?:的)?预算(?:数|总额)?(?:相应)?(?:增至|增加到|增加至|变为|升至|达到)"
)
#: 企业自筹部分（约2.1亿元）不在本次评价范围之内
OUTSIDE = re.compile(
    r"\s?[）)（(]?(?:另[^，。；]{1,6}，|在[^，。；\d]{2,12}(?:单列|列支|核算|反映)，)?(?:均|都)?(?:不|未)(?:通过|在|计入|纳入|属于|列入|包括在)"
    # 全年奖励43.20万元由人社部门承担 · 第三方核查费12万元由局业务经费列支
    r"|\s?[，,]?(?:均|都|全部|另行?)?由(?!(?:[省市县区州本]级?|中央|地方|上级|[、和与及])*(?:[两二三四]级)?(?:财政|共同|按比例|分级|[两二三四五]方))[^，。；\d]{2,12}(?:承担|负担|列支|另列|单列|核算)"
    r"|\s?(?:走|进入?|存入|转入)[^，。；\d]{1,8}(?:账户|专户|往来账)"  # 职工个人充值的112.40万元走代管账户
)
#: 执法艇不在“公务用车”之列，燃油费在项目里开支，合计186万元
LEFT_OUT = re.compile(
    r"(?:不|未)(?:在|属于?|算在?|计入|列入|纳入|归入|含在)[“\"]?[^，。；\d]{2,14}(?:之列|之内|范围|口径|以内|里面?)[，,](?:[^，。；\d]{0,16}[，,])?(?:全年|当年)?(?:合计|共计?|总计|约|计|支出|开支|花费|列支)*[为约]?\s?$"
)
RATED_BY = re.compile(r"\s?的\s?\d")
SMALL_PARTS = (Topic("vehicles"), Topic("hospitality"), Topic("overseas"))
ADDS = re.compile(r"(?:追加|增列|调增|收回|核减|调减)(?!后|[^，。；]{0,6}在内)[^，。；]{2,}$")
#: 年中追加基本支出23.40万元 · 年中落实基础绩效奖政策增加基本支出54.11万元
ADDS_TO = re.compile(
    r"(?:追加|增列|调增|核减|调减|政策增加)了?(?:(?:基本|项目)支出(?:的?(?:预算|经费|资金|指标))?(?:共计?|合计)?|支出预算)\s?$"
)

#: 追加支出预算3,418.75万元（基本支出285.60万元、
ADDED_PARTED = re.compile(
    r"(?:追加|调增|增拨|核增|核减|调减)(?![^，；（）]{0,6}后)[^（）。；]*\d[\d,.]*\s?[万亿]?元（[^（）]*$"
)
#: 6月追加中央转移支付139万元 · 11月增拨24.5万元, behind a budget
GIVEN_LATER = re.compile(
    r"^[，；\s]*(?:当年)?(?:(?:[4-9]|1[0-2])月(?:份|底|初)?|年中|年内|期间|此后|之后|随后|后又|又)(?:再|又|陆续|由)?[^，。；\d]{0,10}(?:追加|增拨|增列|补拨|补充下达)(?!后|之后|以后)[^，。；\d]*$"
)
#: 调整因素主要有：①绩效奖金追加91万元；②中央转移支付资金80万元 · 增支因素是台风塌方，修复花去约190万元
CAUSES = re.compile(r"(?:追加|调整|变动|差异|增加|减少|[增减]支)的?(?:主要)?(?:因素|原因)[^。]*$")
GROWN_BY = re.compile(r"(?:调增|调减|追加|核减)\s?\d[^。；]{0,40}主要(?:为|是|系|用于|来自)[^。；]*$")
#: 追加专项215.78万元、绩效工资等人员支出258.53万元
ADDED_TOO = re.compile(r"元[、和及与][^，。；、（）\d]{0,24}$")
MONEY_ALONE = re.compile(r"(?:涉及|合计|共)?(?:项目)?(?:资金|金额)(?:共计?|合计)?[为是：:]?")
#: 当年可用资金共计272万元
AT_HAND = re.compile(
    r"(?:全年|当年|年度|本年度?|实际|合计|共|总)*(?:可用|可使用|可支配)的?(?:资金|预算|指标|额度)?(?:共计|合计|总计|总额)?[为是：:]?\s?$"
)
#: 年中追加1,522.17万元，可使用资金合计10,522.78万元: all of a department's money at hand
AT_HAND_OF_ALL = re.compile(
    r"[，；]?(?:我局|全局|部门|本部门|全年|当年|年度|本年度?|2\d{3}年度?)*(?:可用|可使用|可支配)的?(?:资金|预算|指标|财力)(?:总额|总量)?(?:共计|合计|总计|总额)?[为是：:]?\s?"
)
#: ，支出10,098.44万元，支出率95.97%
SPENT_AT_RATE = re.compile(r"，(?:全年|实际|已|共)*(?:支出|使用|执行)\s?\d[^。；]{0,24}率")
#: 全年可用资金即调整后的预算数15,206.84万元
AS_BUDGET = re.compile(
    r"可(?:用|支配)(?:资金|财力)(?:合计|总额)?，?(?:即|也就是|亦即|就是)[^，。；\d]{0,6}预算"
)
#: 加上上年结转210万元: what is added to the year's budget
ADDED_OPENING = re.compile(
    r"[，、]?(?:20\d\d年度?|当年|本年)?(?:再)?(?:加上?|连同|另有|含)(?:了)?(?:上年|以前年度|年初|往年)?(?:度)?(?:20\d\d年度?)?(?:结转|结余)+(?:的[^，。；\d]{0,4})?(?:资金|指标)?\s?$"
)
#: 上年同类项目结转32.40万元并入: what a project's budget of this year takes in
BROUGHT = re.compile(r"(?:上年度?|去年|20\d\d年度?|以前年度)[^，。；\d]{0,10}(?:结转|结余)(?:资金|指标)?\s?$")
BROUGHT_IN = re.compile(r"\s?(?:一?并|纳|计|列|转)入")
#: 预算46万元，实支46.9万元，超出0.9万元
EXCEEDS = re.compile(
    r"[，、]?(?:超出|超支|超过|多出|超了)(?:了)?\s?$|.*(?:超出|超过|多出)(?:年初|全年|调整后)?(?:预算|批复|安排)?数\s?$"
)
#: 支出高于年初批复25.18万元，是水毁追加形成
BEYOND = re.compile(r"(?:高于|低于|超过|超出)(?:年初|全年|调整后)?(?:预算|批复|安排|指标)数?\s?$")
#: 支出42.38万元，预算50.00万元，低于预算7.62万元
BUDGET_TOLD = re.compile(r"预算(?:数|额|总额)?[为是]?\s?\d[\d,.]*\s?[万亿]?元[^。；]*，[^，。；]*$")
BY_CAUSE = re.compile(r"\s?[，,](?:主要)?(?:[是系因为]|由于|原因)(?!\d)")
#: 上年总预算2,655.80万元，两年相差135.70万元 · 取整后分项之和与总数相差1万元
DIFFERS = re.compile(r"(?:相差|尾差(?:为|是)?|差异(?:数|金额)?(?:为|是))(?:约|近|了)?\s?$")
SPENT = re.compile("支出|使用|执行")  # 预算与支出相差24.71万元: what is left
#: 审计指出的3笔票据不规范问题共计4.26万元 · 虚报用餐人数涉及金额105元
FAULTS = re.compile(
    r"(?:(?:问题|疑点|隐患)(?:资金|金额)?|违[规纪反][^，。；]{0,8}|不(?:规范|合规|合格|符合规定)[^，。；]{0,8}|虚报[^，。；]{0,8}|冒领[^，。；]{0,8}|(?:多|错|重复)[发付计报][^，。；]{0,6}|白条[^，。；]{0,4}|整改)"
    r"(?:共计?|合计|总计|累计|计|涉及(?:资金|金额)?|金额|资金)+[为约]?\s?$"
    r"|(?:抽查|核查|检查)(?:项目)?资金\s?$"
)
#: 多发36人、共4.72万元 · 因账号错误退回163户、计6.27万元
GIVEN_BACK = re.compile(
    r"(?:(?:多|错|重复)发(?:放)?|退(?:回|票|汇)[^，。；\d]{0,12})\s?\d+\s?[户人笔]次?[、，]?(?:共?计|共|涉及(?:资金)?|合计|金额)?\s?$"
)
#: 活动委托文旅集团承办，合同价162万元，按实结算158.60万元
OF_CONTRACT = re.compile(
    r"合同(?:价款?|金额|总?额|总价)[^，。；\d]{0,4}\d[\d,.]*万?元，(?:最终|最后)?(?:按实|据实|审定|核定)[^，。；\d]{0,4}(?:结算|审定)?(?:价|金额|额)?[为是]?\s?$"
    # 合同总价341.06万元，本年应付170.53万元，扣减后实付168.40万元
    r"|合同(?:价款?|金额|总?额|总价)[^。；]*，(?:扣减|扣除|扣款|抵扣)[^，。；\d]{0,6}后?(?:实际)?[实支]?付\s?$"
    # 一标段监理审定产值为2,042.75万元，二标段为1,809.23万元 · 其中按合同支付3,919.51万元
    r"|标段[为是：:]\s?$|其中[：:，]?按合同(?:约定)?(?:支付|付款)\s?$"
)
#: 没有支付的64.4万元
NOT_PAID = re.compile(
    r"(?:没有?|未|尚未|还未|仍有|(?<![接招优])待)(?:能|形成|完成|按期|及时)?(?:支付|支出|使用|拨付|执行|兑付|兑现|结[清付]|支用|报账|报销|核报|清算|花|用|付|拨)(?:完|出|的)?[^，。；]{0,6}$"
)
#: 自治区安排全区同类补助资金3.6亿元
ALL_ALIKE = re.compile(r"全[国省市县区州旗][^，。；\d]{0,4}(?:同类|各类|此类)[^，。；\d]{0,10}$")
#: 没有支出的111.68万元（基本30.48万元、项目81.20万元）: what was not spent is divided
UNPAID_PARTS = re.compile(
    r"(?:未|没有?)(?:支付|支出|使用|拨付|执行|兑付|用完)(?:完|出)?的[^，。；\d]{0,8}\d[\d,.]*万?元[（(，]?(?:其中|构成为|包括)?[：:]?[^。；）)]*$"
)
#: 较调整后预算结余44.46万元
LEFT_OF = re.compile(
    r"(?:较|比|与|同)[^，。；]{0,8}预算(?:数|相比)?(?:结余|节余|节约|剩余|少支)[^，。；]{0,2}$"
    # 与调整后预算1,568.33万元相比，结余72.46万元
    r"|(?:较|比|与|同)[^，。；\d]{0,8}预算(?:数)?\s?\d[\d,.]*\s?[万亿]?元(?:相比|比较|相较)?，(?:尚|还)?(?:结余|节余|节约|剩余|少支)\s?$"
)
#: 人均补助标准由84元提高到89元
PER_HEAD = re.compile(r"(?<!高)标准|[人户亩校村场次车]均|单[车场次人户]|每人|每户|每亩|每月|单价|生均")
#: 每人每月500元，412人，全年247.2万元
TIMES = re.compile(
    r"(?:每[人户亩生]|人均|户均)[^，。；]{0,6}\d[\d.,]*元[^；。]{0,12}[\d,.]+[人户亩名][^；。\d]{0,6}(?:全年|共|合计|计|需|年需)[^；。\d]{0,4}$"
    # 工资由100元涨到120元 · 14辆车的运行费22.30万元, in the brackets behind what all the vehicles cost
    r"|[由从]\s?\d{1,4}元(?:上?涨|提高|上?调|增加|降低?|提|增)[到至为]?\s?$|(?:[（(]|，含)[^（()）。；]*\d+辆[^，。；\d]{0,6}(?:运行|维护|维修|保险)+费\s?$"
    r"|每[处个台套辆座株盏间人户亩名][\d.,]+万?元[，,](?:共?计|合计|共)\s?$"  # 监测站42处，每处2.60万元，计109.20万元
)
#: a heading that speaks of what was planned alone
PLANNED = re.compile(r"^(?!.*(?:使用|支出|执行|支付|完成|落实)).*(?:安排|预算|计划|分配)")
#: 单个企业最高奖补80万元
CAPPED = re.compile(
    r"(?:单个|每[个家户名]|单户|单家)[^，。；\d]{0,10}(?:最高|封顶|上限|不超过)[^，。；\d]{0,8}$"
)
#: 50万元以上的项目 · 100万元（含）以上
LIMIT = re.compile(
    r"\s?(?:[（(](?:不?含)[）)])?(?:及?以上|及?以下|以内)(?:的|[（(]|项目|货物|资金|部分|工程)"
)


def _small(figure: Found) -> bool:
    """Whether an amount is too small for anything but a price or a standard."""
    return figure.unit == "元" and figure.quantity is not None and abs(figure.quantity.value) < 10000


def _plain(scene: Scene) -> list[Token]:
    """The figure's own clause without 标准 in 高标准农田, in 标准化建设 and in 标准厂房."""
    return [
        t for t in scene.segment.near
        if not (t.text == "标准" and (scene.source[t.start - 1] == "高" or scene.source[t.end] in "化厂"))
    ]  # fmt: skip


def decide_money(scene: Scene) -> Decision:
    """The decision for an amount in yuan."""
    figure, segment, talk = scene.figure, scene.segment, scene.talk
    if figure.upper is not None:
        return scene.none("区间")
    if of_years_together(scene):
        return scene.none("多年合计")
    if over_years(scene):
        return scene.none("多年累计")
    if (carried := decide_carried(scene)) is not None:
        return carried
    if UNSPENT.match(scene.source, figure.end) and not has(segment.near, "topic", "aspect"):
        return scene.none("结转或收回")
    if scene.setting.single and LEFT.search(scene.sentence) and not LEFT_FOR.match(scene.after):
        return scene.none("剩余资金")
    if scene.setting.own and GROWN_TO.match(scene.source, figure.end) and not has(segment.near, "stage"):
        return scene.none("增减或调整")
    if scene.setting.single and ARRIVED.match(scene.after) and not has(segment.near, "aspect", "stage"):
        return scene.none("到位资金")
    if scene.setting.single and BROUGHT.search(scene.clause) and BROUGHT_IN.match(scene.after):
        return scene.none("上年结转")
    if talk.topic and talk.topic.key == "item" and ADDED_OPENING.fullmatch(scene.clause):
        return scene.none("上年结转")
    if (of_kind := decide_by_kind(scene)) is not None:
        return of_kind
    if FAULTS.search(scene.clause) or GIVEN_BACK.search(
        scene.source[max(0, scene.figure.start - 24) : scene.figure.start]
    ):
        return scene.none("查出的问题")
    if OF_CONTRACT.search(scene.sentence):
        return scene.none("合同结算")
    beyond = BEYOND.search(scene.clause)
    if beyond and BUDGET_TOLD.search(scene.sentence):
        return scene.none("差额")
    if EXCEEDS.fullmatch(scene.clause) or (beyond and BY_CAUSE.match(scene.source, figure.end)):
        return scene.none("与预算比较")
    if DIFFERS.search(scene.clause) and not (SPENT.search(scene.sentence) and "预算" in scene.sentence):
        talk.lost = True
        return scene.none("增减幅度")
    then = scene.after.startswith("后")  # 追加政法转移支付资金等142.32万元后，…
    if ADDS.search(scene.clause) and (then or (scene.name and not has(segment.near, "aspect", "stage"))):
        talk.added = True
        return scene.none("增减或调整")  # 追加职业教育专项215.78万元
    if ADDS_TO.search(scene.clause):
        talk.added = True
        return scene.none("增减或调整")
    if talk.aspect == "budget" and talk.series and GIVEN_LATER.search(scene.clause):
        talk.added = True
        return scene.none("增减或调整")
    caused = CAUSES.search(scene.sentence)
    if caused and (caused[0][1] == "支" or not has(segment.near, "aspect", "stage")):
        return scene.none("增减或调整")
    if GROWN_BY.search(scene.sentence) and not has(segment.near, "aspect.spending", "stage"):
        return scene.none("增减或调整")  # 调增75.67万元，主要为拨付的普查经费62万元
    if TIMES.search(scene.sentence.rpartition("；")[2]) or (
        talk.counted and not segment.all and public_cost(scene) is None
    ):
        return scene.none("数量的金额")  # 更新执法执勤用车1辆17.98万元
    if talk.adding and ADDED_PARTED.search(scene.sentence):
        return scene.none("部分")  # 追加41.38万元（基本支出18.58万元；项目支出22.80万元）
    if talk.adding or (talk.added and ADDED_TOO.search(scene.source[: figure.start])):
        return scene.none("增减或调整")
    told = scene.source[max(0, figure.start - 30) : figure.start].rpartition("。")[2].rpartition("；")[2]
    if of_several(scene):
        return decide_several(scene)
    if told.rpartition("（")[2].startswith("含") and talk.head == talk.topic and talk.head in SMALL_PARTS:
        return scene.none("部分")  # 公务用车购置及运行维护费48.88万元（含执法车辆运行费31.40万元）
    if NOT_PAID.search(scene.clause) or (UNPAID_PARTS.search(scene.sentence) and not scene.setting.single):
        return scene.none("未支付")
    if (given := decide_given(scene)) is not None:
        return given
    if _small(figure) and PER_HEAD.search(scene.sentence):
        return scene.none("单位标准")
    if scene.clause.strip("，；：: ") == "其中" and FOR_PART.match(scene.after) and talk.among:
        return scene.none("部分")
    if PUBLIC_LIMIT.search(scene.clause):
        talk.topic, talk.aspect = Topic("three_public"), "budget"
        talk.said(talk.topic, "budget:")
        return Decision(figure, "three_public.budget", figure.quantity, None, scene.period)
    if PER.match(scene.after) or has(_plain(scene), "not.perhead"):
        if scene.name and not scene.setting.single:
            talk.topic, talk.aspect, talk.lost = None, None, True
        return scene.none("单位标准")
    if project := _at_hand(scene):
        stage: Stage | None = "adjusted" if (project, {"budget:initial"}) in talk.series else None
        talk.topic, talk.aspect, talk.lost = project, "budget", False
        talk.said(project, "budget:")
        return Decision(figure, "project.budget", figure.quantity, project.name, scene.period, stage)
    if _all_at_hand(scene):
        talk.topic, talk.aspect = Topic("total"), "budget"
        talk.said(talk.topic, "budget:adjusted")
        return Decision(
            figure, "budget.total", figure.quantity, None, scene.period, "adjusted", confidence=0.9
        )
    if re.search(r"[若如](?:果|按|不)?不含", scene.heard):
        return scene.none("假设")
    if (has(segment.near, "not.other") and not AS_BUDGET.search(scene.clause)) or _of_body(scene):
        if _of_body(scene):
            talk.topic, talk.apart = Topic("other"), True  # and the rate after it is that part's
        said = [key for _, key in tagged(segment.near, "topic") if key in ("project", "basic")]
        named = scene.setting.names.project(scene.name) if scene.setting.single is None else None
        if named and not _of_body(scene):
            talk.topic = Topic("item", named)  # 农田建设项目到位资金6,820万元，支付6,410万元
        elif said and not talk.series:
            talk.topic = Topic(said[-1])  # 项目资金实际到位1,140万元，实际使用1,098.3万元
        return scene.none("其他口径")
    if is_foreign(scene):
        talk.foreign = True
        return scene.none("非本部门支出")
    if OUTSIDE.match(scene.source[figure.end :]) or ALL_ALIKE.search(scene.clause):
        return scene.none("其他口径")
    if LEFT_OUT.search(scene.sentence) and not has(segment.near, "topic"):
        return scene.none("其他口径")
    if LEFT_OF.search(scene.sentence):
        return scene.none("与预算比较")
    if LIMIT.match(scene.after) or CAPPED.search(scene.clause) or AHEAD.match(scene.sentence.strip()):
        return scene.none("目标或限额")
    if (against := decide_against(scene) or _held_against(scene)) is not None:
        return against
    if any(t.text in SHIFTED for t in segment.near) and FINAL.search(scene.source[figure.end :]):
        return scene.none("增减或调整")  # 年初预算A，预算调整数B，调整后预算C
    limit = has(_targets(scene), "not.target") or (figure.bound and not has(segment.near, "topic", "aspect"))
    if limit and not within_budget(scene):
        return scene.none("目标或限额")
    year = scene.setting.fiscal_year
    if year and scene.period and scene.period > year:
        return scene.none("以后年度的增减" if word_direction(scene) else "以后年度")
    if (moved := decide_change(scene)) is not None:
        return moved
    if scene.prior:
        return decide_last_year(scene)
    named_before = has(segment.far, "topic")  # 出国团组为零，即0万元
    if (
        has(segment.near, "turn.again")
        and not (has(segment.near, "topic", "aspect") or named_before)
        and talk.last
    ):
        again: Decision = talk.last
        return (
            replace(again, figure=figure, quantity=figure.quantity)
            if _same(again, figure)
            else scene.none("其他口径")
        )
    topic, aspect, stage, own = resolve(scene)
    if topic == Topic("carry_close") and year and re.search(rf"{year - 1}\s?年(?:度?末|底|终)", scene.clause):
        topic = Topic("carry_open")  # 2022年末结转31.6万元: what 2023 began with
    if topic is None and talk.head == Topic("income") and SUBSIDY.fullmatch(scene.clause):
        topic = Topic("income_fiscal")
    if topic is None:
        if scene.name:
            talk.topic, talk.aspect, talk.lost = None, None, True
        return Decision(figure)
    if topic.key == "income" and scene.name and not _own_income(scene):
        return scene.none("非本部门收入")  # 实现旅游总收入38.9亿元
    if topic == PAYER:
        return scene.none("资金来源")
    if scene.setting.own and topic.key in ("category", "other") and OWN_AGAIN.search(scene.clause):
        topic = scene.setting.own  # 当年财政拨款320万元，其他资金0万元，全年实际支出301.6万元
    if topic.key in ("category", "other"):
        talk.topic, talk.apart = topic, segment.parted
        talk.aspect = aspect or talk.aspect
        return scene.none("明细科目或其他口径")
    bought = topic.key == "procurement" and "政府" not in scene.spoken  # 设备采购支出1,623.50万元
    if scene.setting.single and (
        bought or topic.key.startswith(("income", "carry")) or topic.key in OF_DEPARTMENTS
    ):
        return scene.none("项目的其他口径")
    if scene.setting.single == topic and _part_of(scene, aspect):
        return scene.none("项目的明细")
    if scene.name and re.match("内[含有]", scene.clause):
        return scene.none("项目的明细")  # 边贸展会专项540.30万元，内含场馆租赁费180万元
    words = [t.text for t, _ in tagged(segment.near, "topic.carry_close")]
    aside = scene.setting.role in ("problems", "improvements", "annual_work", "benefits")
    if words and words[-1] in BARE_REST and (aside or UNSPENT.match(scene.after)):
        return scene.none("其他结余")
    of_part = talk.topic in (Topic("basic"), Topic("project")) and bool(talk.series) and talk.paired
    if words and words[-1] in BARE_REST and talk.topic and (talk.topic.key in REST_OF or of_part):
        return scene.none("其他结余")  # 社会保险基金支出2.98亿元，累计结余1.86亿元
    table = CONCEPTS[topic.key]
    untold = "spending"
    listed = talk.aspect == "spending"  # 主要项目如下：（1）低保资金6,215.30万元
    if (
        topic == scene.setting.single
        and not (talk.series or listed)
        and re.search("资金|投资|规模|总额", scene.clause)
    ):
        untold = "budget"  # 核定全年项目资金5,215万元
    if topic.key == "item" and scene.setting.headings and PLANNED.search(scene.setting.headings[-1]):
        untold = "budget"  # （二）项目安排: 茶叶厂扩建项目285万元
    if scene.setting.anchored and not talk.series and scene.setting.before_aspect == "budget":
        untold = "budget"  # 资金切块至三个子项目：1.锅炉替代项目，5,200万元
    kind = "" if "" in table else (aspect or untold)
    concept = table.get(kind)
    if talk.interim and kind == "spending":
        return scene.none("年中进度")
    if kind == "budget" and talk.moved and own and topic.key == "total" and not has(segment.near, "stage"):
        stage = "adjusted"  # 年初预算A，执行中追加B，预算总额为C
    if kind == "budget" and topic.key == "total" and talk.stage == "initial" and stage is None:
        stage = "adjusted" if "调整" in scene.heard else None  # 年初批复A，年内陆续调整，年终时为B
    before = talk.aspect, talk.stage
    _remember(scene, topic, kind, stage)
    held = WITHIN.search(scene.clause) or re.match(r"\s?的\s?\d|的?预算(?:之|以)?内", scene.after)
    if before[0] and held:  # 支出5.2万元，为年初预算8万元的65.38%
        talk.aspect, talk.stage = before  # 开支5.21万元，控制在预算6.5万元以内: spending is still spoken of
    planned = has(scene.labels, "aspect.budget") or (
        topic.key == "income_fiscal" and talk.among and talk.head_aspect == "budget"
    )
    if concept is None or ("" in table and planned and not topic.key.startswith("carry")):
        talk.income_planned = topic.key == "income"
        return scene.none("收入预算或分项预算")
    decided = Decision(
        figure,
        concept,
        figure.quantity,
        topic.name,
        scene.period,
        stage if kind == "budget" else None,
        confidence=0.97 if own else 0.9,
        assumed=not has(segment.near, "aspect", "stage"),
    )
    alone = decided.assumed and MONEY_ALONE.fullmatch(scene.clause.strip())
    if alone and topic.key in ("project", "total"):
        return scene.none("口径不明")  # 项目3个，资金203.30万元
    talk.last = decided
    return decided


def _at_hand(scene: Scene) -> Topic | None:
    """The project whose money at hand a figure is: 草原修复全年可用资金1,150万元."""
    found = AT_HAND.search(scene.clause)
    if not found:
        return None
    if scene.setting.single:
        return scene.setting.single
    said = scene.clause[: found.start()].strip(" ，：:、“”")
    if has(scene.segment.near, "stage", "turn.change"):
        return None  # 年中调增后可用预算9,076.67万元
    if not said:
        return scene.talk.topic if scene.talk.topic and scene.talk.topic.key == "item" else None
    names = scene.setting.names
    spoken = scene.setting.listed or scene.setting.role in MONEY_ROLES
    name = names.project(said) or (said if spoken and names.may_head(said) else None)
    return Topic("item", name) if name and not names.is_own(said) and not UNNAMED.fullmatch(said) else None


def _all_at_hand(scene: Scene) -> bool:
    """Whether an amount is all that a department could spend, where its sentence tells no budget."""
    whole = scene.setting.topic in (None, Topic("total")) and not scene.setting.single
    told = "追加" in scene.sentence or SPENT_AT_RATE.match(scene.source, scene.figure.end)
    return bool(whole and told and "预算" not in scene.sentence and AT_HAND_OF_ALL.fullmatch(scene.clause))


def _held_against(scene: Scene) -> Decision | None:
    """决算7.42万元，占预算9.50万元的78.11%: the budget that the spending before it is a rate of."""
    near, talk = scene.segment.near, scene.talk
    rates = [t for t, _ in tagged(near[-1:], "aspect.rate") if t.text[0] in "占为完" and "预算" in t.text]
    rated = rates and RATED_BY.match(scene.after)
    divided = not rates and scene.clause.strip() == "÷"  # 执行率97%（2,910万元÷3,000万元）
    if not (rated or divided) or talk.topic is None or not talk.series:
        return None
    concept = CONCEPTS.get(talk.topic.key, {}).get("budget")
    if concept is None:
        return None
    words = rates[0].text if rates else ""
    stage: Stage | None = (
        "initial" if "年初" in words else ("adjusted" if re.search("调整|全年", words) else None)
    )
    talk.said(talk.topic, f"budget:{stage or ''}")
    held = Decision(
        scene.figure, concept, scene.figure.quantity, talk.topic.name, scene.period, stage, confidence=0.93
    )
    talk.last = held
    return held


def _same(said: Decision, figure: Found) -> bool:
    """Whether an amount says another one again, in another unit or by a slip of the unit."""
    if (
        said.quantity is None
        or figure.quantity is None
        or not said.quantity.value
        or not figure.quantity.value
    ):
        return said.quantity == figure.quantity
    ratio = figure.quantity.value / said.quantity.value
    shift = ratio.adjusted() if ratio >= 1 or ratio.scaleb(1) >= 1 else ratio.adjusted() + 1
    return abs(ratio.scaleb(-shift) - 1) < Decimal("0.06") or abs(ratio - 1) < Decimal("0.06")


def _of_body(scene: Scene) -> bool:
    """我局本级支出1,203.6万元，下属事业单位支出…: of a part of the department, not of it."""
    near = [t for t in scene.segment.near if t.text != "的"]
    if scene.talk.among and OWN_OFFICE.fullmatch("".join(t.text for t in near)):
        return True  # 全系统支出…，其中局机关…
    money = next((at for at, t in enumerate(near) if has([t], "topic", "aspect")), len(near))
    before = near[money - 1] if money else None
    return before is not None and (
        has([before], "fill.body") or bool(OWN_LEVEL.search(scene.source[: before.end]))
    )


def _part_of(scene: Scene, aspect: str | None) -> bool:
    """全年兑付268.4万元，其中D级重建89户，兑付231.4万元: what was paid for a part of the project."""
    talk = scene.talk
    return bool(
        talk.among
        and aspect == "spending"
        and (talk.head_aspect == "spending" or talk.closed)
        and not talk.paid
        and not OF_ALL.search(scene.clause)
        and not ON_THE_OTHER_SIDE.search(scene.sentence)
    )


def _targets(scene: Scene) -> list[Token]:
    """The clause without 控制在 before a budget: 控制在年初预算5.6万元以内 states that budget."""
    near = scene.segment.near
    own = scene.setting.own_name
    if scene.name.endswith("计划") or (own and "计划" in own and own[:6] in scene.clause):
        near = [t for t in near if t.text != "计划"]  # 营养改善计划安排资金1,284.60万元: a project's name
    return [t for t in near if t.text != "控制在"] if has(near, "aspect.budget") else near


#: 由于新增1个境外招商团组，比上一年度的91.20万元增加…: why, in a clause before the figure's own
CAUSE = re.compile(r"(?:^|[，。；])(?:由于|因为?(?!公)|受)[^，。；]*$")


def _in_cause(source: str, at: int, figure: int) -> bool:
    return CAUSE.search(source[:at]) is not None and "，" in source[at:figure]


def is_foreign(scene: Scene) -> bool:
    """Loans, investment, output: money that is not the department's."""
    near, far = scene.segment.near, scene.segment.far
    if scene.setting.own and OWN_AGAIN.search(scene.clause):
        return False
    strange = [one for one in tagged(near, "not.foreign") if not WORK_ON.match(scene.source, one[0].end)]
    strange = [
        one
        for one in strange
        if not _in_quotes(scene.source, one[0])
        and not _in_cause(scene.source, one[0].start, scene.figure.start)
    ]
    if own := scene.setting.own_name:
        # 贴息项目年初预算6,000万元, in the report of 技术改造贷款贴息项目
        strange = [(t, key) for t, key in strange if not _of_own_name(scene.source, t, own)]
    anchor = scene.setting.anchor
    if anchor and anchor in scene.clause:
        strange = [(t, key) for t, key in strange if t.text not in anchor]  # 医保基金监管经费60万元
    if strange and scene.setting.own and APPROVED.search(scene.clause):
        return False  # 县财政结合失业保险基金可支撑能力批复980.00万元
    if strange and scene.talk.topic == Topic("procurement") and BARE_SPENT.fullmatch(scene.clause.strip()):
        return False  # 采购预算96万元，成交91.8万元
    if strange:
        money = tagged(near, "topic", "aspect")
        won = "争取" in scene.name  # 向上争取项目资金2,300万元
        after = bool(money) and money[-1][0].start > strange[-1][0].start
        return won or not (after and scene.setting.names.project(scene.name))
    lower = not scene.setting.single or LOWER.search(scene.setting.names.department)
    if any(t.text in REGIONS for t in near) and not has(near, "topic") and lower:
        return True  # 我县2023年财政支出45.6亿元; in a township's report on a project, 全县支出进度96.2%
    weak = [t.text for t, _ in tagged(near, "topic", "aspect")]
    if scene.talk.foreign and weak and all(word in WEAK for word in weak) and not scene.name:
        return True  # 年度计划投资23.5亿元，实际完成24.1亿元
    beside = OTHERS_SPENT.search(scene.source[: scene.figure.start])
    if scene.talk.foreign and beside:
        return True  # 医保基金当年收入28.6亿元、支出27.9亿元
    if weak or scene.name:
        return False
    before = [one for one, _ in tagged(far, "not.foreign")]
    strange_before = any(not _in_cause(scene.source, one.start, scene.figure.start) for one in before)
    return strange_before or (scene.talk.foreign and not has(far, "topic", "aspect"))


def _of_own_name(source: str, word: Token, own: str) -> bool:
    """Whether a word and the next one, 项目 or 专项, are how a project's own name ends."""
    behind = re.match("项目|专项|资金|经费", source[word.end :])
    return behind is not None and (word.text + behind[0]) in own


def _in_quotes(source: str, word: Token) -> bool:
    """Whether a word stands in quotes, as a project's name does: “普通高中国家助学金”预算30.60万元."""
    opened = source.rfind("“", 0, word.start)
    return opened > source.rfind("”", 0, word.start) and source.find("”", word.end) > 0


def _own_income(scene: Scene) -> bool:
    """Whether income that something is said of is the department's: in the sections on money it is."""
    return scene.setting.names.is_own(scene.name) or scene.setting.role in MONEY_ROLES


def _remember(scene: Scene, topic: Topic, kind: str, stage: Stage | None) -> None:
    talk = scene.talk
    talk.topic, talk.aspect, talk.stage, talk.foreign = topic, kind or talk.aspect, stage, False
    spoken = scene.spoken
    talk.balanced = kind == "budget" and topic.key == "total" and "收入" in spoken
    if talk.among and topic == talk.head and talk.series:
        talk.among, talk.series = False, []
        talk.head_aspect, talk.head_stage = kind, stage
    if talk.head is None or (not talk.among and topic.key == "total"):
        talk.head, talk.head_aspect, talk.head_stage = topic, kind, stage
    if kind == "budget" and topic.key == "total":
        talk.total_stage = stage
    if not talk.series or talk.series[-1][0] != topic:
        talk.apart_last = scene.segment.parted
    if kind and (not talk.series or talk.series[-1][0] != topic):
        talk.lead = kind, stage
    unsaid = topic.key == "item" and not has(scene.segment.near, "aspect", "stage")
    talk.said(topic, "" if unsaid else f"{kind}:{stage or ''}")
    apposed = "".join(t.text for t in scene.setting.apposed)
    if topic.key == "project" and apposed and not re.search(r"\d|含|以下|见|详", apposed):
        scene.setting.aliases.append(re.sub(r"支出$", "", apposed))
    scene.setting.apposed = []
