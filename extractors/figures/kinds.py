"""Money that is divided otherwise than into 基本支出 and 项目支出: by kind, by payer, by fund, by a norm."""

from __future__ import annotations

import re

from extractors.figures.setting import Decision, Scene
from extractors.figures.turns import of_years_together

_KIND = r"(?:工资福利|商品和?服务|资本性|对个人和家庭的?补助|债务利息及费用)(?:支出)?"
#: 商品和服务支出7,386.94万元（其中基本支出661.58万元、项目支出6,725.36万元）: what both halves spent on one kind
WITHIN_KIND = re.compile(
    rf"{_KIND}\s?[\d,.]+\s?[万亿]?元[（(](?:其中)?[：:]?[^（）()]*(?:基本|项目)支出[为是]?\s?$"
)
KIND = re.compile(rf"{_KIND}[为是]?\s?$")
BOTH_HALVES = re.compile(r"\s?[（(](?:其中)?[：:]?\s?(?:基本支出|项目支出)")
#: 办公费21.40万元、其他商品和服务支出87.29万元: one of those costs
REST_OF_KIND = re.compile(
    r"(?:其他|其它)(?:商品和?服务|工资福利|资本性|对个人和家庭的?补助)(?:支出)?[为是]?\s?$"
)
#: 项目支出按资金来源分，财政拨款安排1,096.48万元，单位自有资金安排…: what was spent, by who paid
BY_SOURCE = re.compile(
    r"支出[^，。；\d]{0,4}(?:按照?|从|分)(?:资金)?来源(?:渠道|性质)?(?:划分|构成|分类|来)?(?:分|看|划分)?[，,：:][^。；]*$"
)
GRANTED = re.compile(r"(?:财政)?拨款(?:资金|安排|支出|负担|列支)*[为是]?\s?$")
#: 本年收入6,702.18万元，使用非财政拨款结余0万元: what was drawn on to balance the year
DRAWN_ON = re.compile(
    r"(?:使用|动用)(?:以前年度)?(?:非财政拨款|专用)?结余(?:[（(]含专用结余[）)])?(?:弥补(?:收支差额)?)?[为是]?\s?$"
)
#: 主要原因是上年有新馆搬迁一次性支出96万元
ONCE = re.compile(
    r"一次性(?:[^，。；、\d]{0,6}(?:支出|开支|投入|费用|经费))[^，。；\d]{0,2}$|一次性(?:购置|采购|补缴|清缴|支付|配发|补助)[^，。；\d]{0,10}$|(?:因为|原因[是为]|由于|主要是)[^。；]*(?:更新|更换|购买|添置)[^，。；]{0,8}(?:花费|花了|用去|支付)\s?$"
)
#: 2021年项目支出中有168.00万元为灾后重建: a part
PART_OF = re.compile(r"(?:支出|预算|经费|[”\"])(?:总额)?(?:中|里|当中|之中)(?:有|含|包含|包括)\s?$")
#: 重点用于人民调解“以奖代补”（218.40万元）、法律援助办案补贴（165.32万元）: what the money went to
USED_FOR = re.compile(r"(?:用于|投向)[^。；]*[一-鿿”\"][（(]\s?$")
#: 冷链食品集中监管仓撤销（2022年支出517.40万元）: of what is no more
NO_MORE = re.compile(r"(?:撤销|取消|停办|结束|完工|到期)[（(](?:20\d\d年度?|上年度?|去年)[^（）\d]{0,6}$")
#: 核酸检测、方舱改造、隔离酒店和医务人员临时性工作补助合计支出9,216万元: some work together
SOME_WORK = re.compile(
    r"(?:^|[，。；：:])(?![^，。；：:]*(?:基本|项目|公用|人员经费))[^，。；：:、\d]{2,12}(?:、[^，。；、\d]{2,14})+(?:和|及|与|以及|等)[^，。；、\d]{2,20}(?:合计|共计?)(?:支出|安排|投入)\s?$"
)
#: 其中卫生院人员经费占四成: of one of the units
SHARE_OF_UNIT = re.compile(
    r"(?:^|[，。；：])(?:其中)?[一-鿿]{0,8}(?:卫生院|医院|学校|[小中]学|中心|[站馆所])的?(?:人员|公用)经费占(?:比|了)?[为约]?\s?$"
)
#: 公用经费较年初定额73.36万元（28人×2.62万元）
NORM = re.compile(r"定额(?:标准)?(?:共计?|合计)?[为是]?\s?$")
#: 政府性基金预算执行率100%: of one fund's money
ONE_FUND = re.compile(
    r"(?:政府性基金|国有资本经营|社会保险基金|社保基金)(?:预算)?(?:财政)?(?:拨款)?(?:支出)?(?:预算)?(?:执行率|支出率|支付率|执行进度|支出进度|完成率)[为达是]?到?\s?$"
)
#: 若以年初预算为基数，则完成年初预算的105.78% · 与年初批复数相比，支出为年初预算的95.39%
ON_INITIAL = re.compile(
    r"(?:^|[，；。])\s?[而若如]?(?:果|以|按|按照|与|同|较|比|对照)+年初(?:批复|部门|预算|下达)+(?:数|金额|总额)?(?:为基数|为口径|口径|相比较?|比较|对比|比|计算)[，,]"
    r"[则仅只总全年实际支出完成执行达到为占是相当于]*(?:年初(?:批复|部门|预算)+(?:数|金额|总额)?)的?\s?$"
)
#: 如以年初预算作比，全年决算数低4.87%: by how much, not what share
LESS_THAN = re.compile(
    r"(?:[以与同比较])年初(?:预算|批复)[^，。；]{0,6}(?:作比|相比|比较|为基数)?[，,][^，。；\d]{0,10}[高低多少]\s?$"
)
#: 按年初预算口径为102.57%, behind the rate of the whole and its parts
BY_INITIAL = re.compile(r"(?:^|[，；。])\s?按年初(?:批复|部门|预算|下达)+数?(?:的)?口径(?:计算)?[为是]\s?$")
#: 按单位分，局机关支出915.37万元 · 分学段看，小学支出342.18万元: what one unit or one part of the year spent
BY_UNIT = re.compile(
    r"^\s*(?:[按从分](?:(?:支出)?功能(?:科目)?(?:分类)?|资金年度|预算年度|级次|(?:预算)?单位|层级|学段|学期|阶段|乡镇|镇街|片区|年级))+(?:来)?(?:看|分|划分|统计)?[，,：:]"
)
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
#: 距80%的要求还差一线 · 100%满分，每低1个百分点扣0.5分
TO_BE_REACHED = re.compile(
    r"\s?(?:得)?满分|\s?的(?:考核|序时|进度|规定|最低)?(?:要求|底线|红线|及格线|警戒线)"
)
#: 首付五成、中期三成: by the stages of a contract
OF_STAGE = re.compile(r"(?:首付款?|首期款?|预付款?|中期款?|尾款|结题款?|验收款)(?:支?付)?\s?$")
#: 人均训练补贴由1.38万元上升为1.41万元
EACH_GREW = re.compile(
    r"[人户亩车生床校村]均[^，。；\d]{0,12}[由从]\s?[\d.,]+万?元[^，。；\d]{0,6}[到至为]\s?$"
    r"|(?:平均|每)[^。；，]{0,10}\d[\d.,]*元，[较比](?:20\d\d年度?|上年度?|去年)的?\s?$"  # 每批次1,663元，较2022年1,720元略降
    r"|\d[户家名人个](?:奖励|奖补|补助|资助)\s?$"  # 质量标杆1户奖励50万元
    r"|分别(?:补助|奖励|奖补|资助)\s?\d[\d,]*元[、和](?:\d[\d,]*元[、和])*$"  # 按等级分别补助6,000元、8,000元和12,000元
)
#: 南校区一家就用去1,206.00万元: of one place among several
OF_ONE = re.compile(r"一[家所处校院镇乡村](?:就|便|即)(?:用去|花去?了?|支出|占|用)了?\s?$")
#: 全年投入2,310.00万元，实际支出2,164.38万元: what was given, not what was spent
PUT_IN = re.compile(r"(?:全年|年度|共|累计|项目|资金)*投入(?:资金|各级资金|专项资金)*(?:共计?)?[为约]?\s?$")
SPENT_NEXT = re.compile(r"[，,](?:实际|全年|年末|共|累计|已)*(?:支出|支付|使用|拨付)(?:资金)?\s?\d")
#: 中标总价528.35万元，比采购预算561.00万元节约5.82%: of what was bought
TENDERED = re.compile(r"(?:中标|成交)[^。；]*[比较与]采购预算(?:价|金额)?\s?$")
#: 上半年支出312万元，下半年支出420万元
OF_HALF_YEAR = re.compile(r"[上下]半年[^，。；\d]{0,6}$")
#: 春季学期资助2,316人次，发放868,500元
OF_TERM = re.compile(r"(?:[春秋]季学期|[上下]学期)(?:(?!合计|共计|全年|总计|累计)[^。；])*$")
#: 收支总计均为1893.90万元: with what was carried over, on both sides
BOTH_SIDES = re.compile(r"收支(?:总计|平衡)(?:均|各|都)[为是]?\s?$")
#: 申报项目23个、申报金额1,350万元
APPLIED = re.compile(
    r"(?:申报|申请|上报)(?:了)?(?:项目|预算|专项|补助|财政)*(?:金额|资金|额度|规模|预算|经费)(?!.*(?:批|核|下达|安排))[^，。；\d]{0,4}$|(?:申报|申请)[了的]?\s?$|(?:报送|上报)(?:用款|资金|预算)?计划\s?$"
    r"|(?:报送|上报|提出|申报)了?(?:的)?(?:资金|经费|投资|项目|预算|用款)*需求(?:共计?|合计)?[为是]?\s?$"
)
#: 另以结转资金支付上年度续建标段工程款120.50万元
PAID_FROM_CARRIED = re.compile(r"结转(?:结余)?(?:的)?资金(?:支付|支出|列支|付清|结清)[^，。；\d]*$")
#: 试剂公开招标，预算46.20万元，中标价44.88万元: of what was bought
OF_TENDER = re.compile(r"(?:招标|采购|询价|磋商|比选)，(?:采购)?预算(?:金额|价)?[为是]?\s?$")
PRICED = re.compile(r"\s?，(?:中标|成交|合同)(?:价|金额)")
#: 资金于3月、5月和9月分三次到位，分别为1,512.36万元、1,300.00万元
IN_BATCHES = re.compile(
    r"分[两二三四五六2-6][次批期笔][^，。；\d]{0,6}(?:到位|下达|拨付|拨入|到账)，(?:金额|依次|分别)+[为是：]?(?:[\d.,]+万?元(?:[（(][^（）()]*[）)])?[、和与及，])*$"
    # 结算分三次进行：6月预拨2,050.00万元，10月拨付1,480.00万元，12月清算659.44万元
    r"|(?:结算|拨付|支付|兑付|发放|下达)分[两二三四五六2-6][次批期笔](?:进行|完成|办理|拨付|支付|到位)?[：:][^。；]*$"
)
#: 施工合同三份共3,816.00万元，已付3,052.80万元 · 设备采购合同总价672.40万元，预付款三成201.72万元: of some contracts
OF_CONTRACTS = re.compile(
    r"^(?:[^。；]*[，、])?(?!(?:本|该)?(?:项目|工程)?合同)[^。；，、\d]{2,24}(?<!签订)(?<!签约)(?<!签署)(?<!项目)(?<!总)"
    r"合同(?:总?价款?|总?金额|总?额)?(?:合计|共计|总计|[为是共]|[一二三四五六七八九十两\d]+份(?:共计?|合计|，(?:合同)?(?:总额|金额|总价)|，分别[为是]?)?)?\s?(?:\d[\d,.]*\s?[万亿]?元[，,（(][^。；]*)?$"
)
#: 使用当年预算资金1,200.3万元、上年结转资金131.84万元: what was spent, by the year of its budget
BY_YEAR_OF_BUDGET = re.compile(r"(?:使用|动用)了?(?:当年|本年)(?:预算资金|资金|预算(?=\d)|预算$)[^。；]*$")
#: 政府性基金预算640万元，当年支出125万元，支出率19.53%: a sentence on one fund's money
OF_FUND = re.compile(
    r"^\s*(?:其中[，：:]?)?(?:20\d\d年度?|全年|当年)?(?:上年结转的[^，。；\d]{2,14}(?:资金|专款)\s?\d|政府性基金|国有资本经营|(?:福利?|体育?)?(?:彩票?)?公益金|教育费附加|土地出让(?:收益|金|收入)|(?:(?:一般公共|政府性基金)预算|上级专项)安排的项目资金|[^，。；\d]{0,14}(?:医保|医疗保险|养老保险|社保|社会保险|失业保险|工伤保险|公积金)基金(?:当期|当年|总)?(?:收入|支出|收支|征缴)|[^，。；\d]{2,16}(?:专款|代管资金)(?:当年|全年|本年)(?:收入|支出)|(?:共)?(?:收到|到位|争取)到?(?:中央|[省市]级?|上级)[^，。；\d]{0,4}(?:专项)?资金)"
    r"(?![^。]*(?:部门|整体|合计|总支出|全年支出|本年支出|(?<=.)一般公共|三公))[^。]*$"
)


#: 均为财政拨款收入，其中政府性基金预算财政拨款84.00万元: of one fund
FUND_GRANT = re.compile(r"其中[，：:]?(?:政府性基金|国有资本经营)(?:预算)?(?:财政)?拨款(?:收入)?[为是]?\s?$")
#: 以268.74万元中标 · 已付工程款2,657.76万元，为中标价的96% · 支付67.55万元，占合同价的70%: money of a contract
OF_CONTRACT = re.compile(
    r"\s?(?:的价格)?(?:中标|成交|签约)|\s?[，,（(]\s?(?:已?[为占达]到?|相当于|即)?(?:合同|中标|成交|结算|审定|概算)(?:总?价款?|总?金额|总?额)?的\s?\d"
)
#: 年末支付215.30万元，为合同价的80.11%
BY_CONTRACT = re.compile(r"(?:合同|中标|成交|结算|审定)(?:总?价款?|总?金额|总?额)?的\s?$")
#: 项目支出未全部执行的1,043.15万元中，灌区改造项目占982.40万元
UNSPENT_OF = re.compile(
    r"未(?:全部|能)?(?:执行|支出|支付|使用)(?:完)?的\s?[\d.,]+[万亿]?元中[，,][^。；]*占\s?$|未(?:全部|能)(?:执行|支出|支付|使用)(?:完)?的\s?$"
)
#: 三者合计支出7,213.93万元: of the projects just named · 四家单位合计支出3,809.27万元，其中项目支出2,175.10万元
SEVERAL_OF = re.compile(
    r"(?:^|[，；])\s?[三四五六]者(?:合计|共计?|总计)(?:支出|预算|安排)[为约]?\s?$"
    r"|^(?!.*(?:机关|本级|全局))[^。；]*(?:\d+|[两二三四五六七八九十]+)[家个](?:单位|站所|学校)(?:合计|共计?)(?:支出|预算)?\s?(?:\d[\d,.]*\s?[万亿]?元[，,]其中(?:基本|项目)支出\s?)?$"
)
#: 以上四项预算合计201.35万元，…；使用合计179.91万元: of the projects just told
SO_MANY = re.compile(
    r"(?:^|。)\s?(?:以上|上述|前述)[两三四五六七八九十\d]+[项个][^。]*(?:使用|支出|支付)(?:合计|共计?)\s?$"
)
#: 园林中心退休12人减少约150万元 · 扣去出国一项后反而减少1.49万元: of one cause, or of what is left without one
BY_ONE_CAUSE = re.compile(
    r"退休(?:人员)?\d+人[，]?(?:相应)?减[少支](?:支出|经费)?约?\s?$|(?:扣去|扣除|剔除|除去|不计)(?![它其此])[^，。；\d]{2,14}后[^，。；\d]{0,6}[增减升降多少][^，。；\d]{0,2}$"
)
#: 展陈施工合同79.8万元，结算78.1万元
SETTLED = re.compile(
    r"合同(?:价|金额|额)?[为是]?\s?\d[\d,.]*\s?[万亿]?元[，,](?:审计|最终)?结算(?:价|金额)?[为是]?\s?$"
    # 竣工结算审定1,018.97万元，扣留3%质保金30.57万元后支付988.40万元 · 中标价合计710.15万元，…，结算审定合计696.75万元
    r"|(?:质保金|质量保证金|履约保证金)\s?\d[\d,.]*\s?万?元(?:后，?|，)(?:实际)?(?:支付|实付|付款|付)\s?$"
    r"|(?:控制价|限价|中标)[^。；]*，(?:竣工)?结算(?:审定|审核)?(?:价|金额|额)?(?:合计|共计?)?[为是]?\s?$|(?:最高限价|控制价|拦标价|限价)(?:合计|共计?)?[为是]?\s?$"
    # 分两个标段，中标价为198.40万元和164.72万元，…，经结算评审审定344.50万元
    r"|(?:中标|合同|标段)[^。；]*，经?(?:结算|财政)?(?:评审|审计|审核)(?:审定|核定)(?:价|金额)?[为是]?\s?$"
)
#: 支出大于收入11.26万元 · 比年初数多79.77万元
DIFFERS = re.compile(
    r"(?<!未)(?<!没有)(?<!不)(?:大于|小于|多于|少于|超过|超出)(?:当年|本年|全年|年初)?(?:收入|支出|预算)(?:数)?的?\s?$|[低高]于(?:控制数|限额|指标数)\s?$|比(?:年初|预算|计划|批复|调整|全年)[^，。；\d]{0,12}[多少]\s?$"
    r"|预算[^，。；\d]{0,10}(?:差额|之差|相差)[为是共达]?\s?$"
    r"|(?:^|[，。；])(?![^，。；]*[比较同])[^，。；\d]{0,14}少(?:支付|拨付|兑付|付|兑)\s?$"  # 因勘界推迟，少支付45.50万元
)
#: 若只看财政拨款，支出851.2万元
ONLY_PART = re.compile(
    r"(?:^|[，。；])(?:(?:若|如果?|倘若|假如)?(?:只|仅|单)(?:看|算|计|就|论)|[若如](?:果)?(?:把|将|不含|剔除|扣除|加上))[^，。；\d]{2,14}，[^，。；\d]{0,6}$"
)
#: 平均每车1.95万元 · 车均2.8万元: of each
OF_EACH = re.compile(
    r"每(?:车|人|辆|户|亩|公里|平方米|名|个|台|场|批次?)[^，。；、\d]{0,4}$|单车[^，。；、\d]{0,8}$|(?:小区|校|村|床位?|园|[车人户亩台场])均[^，。；、\d]{0,4}$"
)
#: 每头保费320元，其中财政承担80%，即256元: below so many yuan, behind what each is paid
PER_HEAD, SMALL = (
    re.compile(r"每(?:公里|班|校|村|[头户人亩车台件名生床站处所套盏座条])[^。；]*\d万?元[^。；]*$"),
    10_000,
)
#: 代管费年末结存8.33万元 · 往来资金专户存款31.27万元: of an account that is none of the budget
OF_ACCOUNT = re.compile(
    r"(?:代管|代收|往来|食堂|伙食|党费|工会|专户|基本户|账户|校服)[^。；，\d]{0,14}(?:结存|余额|结余|存款|累计)[^，。；\d]{0,4}$"
)
#: 把年初结转一并计入可用财力（9,516.43万元）
AT_HAND = re.compile(r"可用(?:财力|资源|资金)[（(]\s?$")
#: 会议费、培训费、差旅费三项支出合计18.34万元: some kinds of cost together
SOME_COSTS = re.compile(
    r"(?:(?!人员|公用|日常|公务|出国)[^，。；、\d]{2,8}费、)+(?!人员|公用|日常|公务|出国)[^，。；、\d]{2,8}费等?[两二三四五六\d]?项?(?:支出|费用|经费)?(?:合计|共计|共|总计|累计)?(?:支出)?[为是]?\s?$"
)
#: 结转资金642.30万元当年使用598.43万元，使用率93.17%: what became of the money carried over
CARRIED_USED = re.compile(
    r"结转(?:结余)?(?:的)?资金\s?\d[\d,.]*\s?[万亿]?元[，,]?(?:当年|本年|全年)?(?:已)?(?:使用|支出|用去)\s?(?:\d[\d,.]*\s?[万亿]?元[，,](?:使用|执行|支出)(?:率|比例)[为达]?\s?)?$"
)
CARRIED_NEXT = re.compile(
    r"\s?[，,]?(?:当年|本年|全年)?(?:已)?(?:使用|支出|用去)\s?\d[\d,.]*\s?[万亿]?元[，,](?:使用|执行|支出)(?:率|比例)"
)
#: 外聘人员费用38.6万元: of the hired alone
OF_HIRED = re.compile(
    r"(?:外聘|临聘|编外|临时|劳务派遣|聘用制?)(?:聘用)?人员的?(?:费用?|经费|工资|劳务费?|报酬)[^，。；、\d]{0,4}$"
)
#: 一年的“盘子”约0.28亿元
ROUGH_WHOLE = re.compile(r"[“\"]盘子[”\"](?:约|大约|大概|在)+\s?$|总规模[（(，]?(?:约|大约|大概)\s?$")
#: 全年代收检验检测费93.27万元，全额缴入国库: of the treasury
COLLECTED = re.compile(r"代[收征缴][^，。；\d]{2,12}费\s?$")
#: 每户每天收取卫生费2元，全年收入30.1万元已全部上缴国库
HANDED_IN = re.compile(r"\s?，?(?:已|均|全部|全额|足额)*(?:上缴|缴入|解缴|汇缴)[^，。；\d]{0,4}国库")
#: 全年支出城乡低保金2,768.45万元、特困供养金742.16万元: of one kind of benefits each
_BENEFIT = r"[^，。；、\d]{2,12}(?:金|补贴|津贴|补助)\s?"
BENEFIT, NEXT_BENEFIT = re.compile(rf"(?:支出|发放|支付){_BENEFIT}$"), re.compile(rf"、{_BENEFIT}\d")
#: 养老服务体系建设5,160.00万元的资金有1,086.40万元当年没有花出去
FUNDS_WITH = re.compile(r"\s?的(?:资金|预算|指标)(?:中|里)?，?(?:有|尚有|还有)\s?\d")
#: 1.年初预算1,600万元的运动会项目调减两成多
FUNDS_OF = re.compile(
    r"\s?的[^，。；\d]{2,20}(?:项目|工程|专项)(?=[^，。；\d]{0,6}(?:调减|调增|压减|取消|推迟|进度|未|没有))"
)
#: 更新自动气象站28套，支出89.60万元，单套3.20万元；建设备份终端35个，支出52.50万元；…
BY_THING = re.compile(r"\d\s?[套个台座处辆间栋口眼]，(?:支出|投入|花费|用去)\s?$")
#: 我院2023年部门预算2,861.30万元，本项目仅是其中之一
OF_ALL_OURS = re.compile(
    r"(?:[我本](?:[局院委办校厅会站馆所]|单位|部门|中心))(?:20\d\d年度?|全年|当年)?部门(?:整体)?(?:支出)?预算(?:总额|数)?[为是共]?\s?$"
)
#: 按合同分四个季度各付31.50万元
EACH_PAID = re.compile(r"(?:季度|月|批|次|期)各(?:付|支付|拨付)\s?$")
#: 第四季度支出4,960万元，约占全年的38.6%
LAST_QUARTER = re.compile(r"(?:^|[，。；])第?四季度(?:当季)?的?(?:支出|执行|拨付|支付)(?:数|额)?[为是]?\s?$")
#: 5至8月支出362.75万元；9至12月支出610.57万元
MONTHS_TO = re.compile(
    r"(?:^|[，。；：])(?:[2-9]|1\d|1(?!\s?[至到—~～-]+\s?12月))\s?月?[至到—~～-]+\s?\d{1,2}\s?月(?:份)?[^，。；\d]{0,6}$"
)
#: 未安排的4个子项目匡算资金486.00万元，留库待排
NOT_CHOSEN = re.compile(
    r"(?:未安排|未入选|未列入|未纳入|落选|储备)的[^。；]*匡?(?:算|需)(?:资金|投资)[为是共]?\s?$"
)
#: 施工单位已按结算价开具全额发票1,386.00万元
INVOICED = re.compile(r"(?:开具|开出|提供)[^，。；\d]{0,6}发票(?:共|合计)?\s?$")
#: 年末结转结余436.68万元，其中356.20万元为跨年度实施的修复资金，已按规定结转至2024年
OF_CARRIED = re.compile(r"结[转余](?:结余)?(?:资金)?\d[\d,.]*\s?[万亿]?元，其中\s?$")
#: 基本支出剩2.9万元是两个护士辞职没补上
LEFT_OF_SIDE = re.compile(r"(?:基本|项目)支出(?:还|尚|仍)?(?:剩余?|结余|余)(?:下|了)?\s?$")
#: 加上年初结转318.42万元，可供安排的资金总计6,180.79万元
TO_DISPOSE = re.compile(r"可供(?:安排|使用|支配)的?资金(?:总计|合计|总额|共计?)?[为是]?\s?$")
#: 来自上年结转和能力提升补助共294.70万元
CARRIED_AND = re.compile(r"来[自源]于?上年结转(?:资金)?[和与及、][^，。；\d]{2,16}?共?\s?$")
#: 追加614,200.00元用于项目、52,340.20元用于基本支出
ADDED_EACH = re.compile(r"(?:追加|调增|增拨|核增)[^。；]*元用于[^，。；\d]{2,12}、\s?$")
#: 适老化改造316户，每户补助4,500元，计142.20万元 · 老年助餐40.2万人次，财政每人次补2.4元，计96.48万元
BY_EACH = re.compile(
    r"\d\s?万?(?P<of>户|人次|人|张|个|套|场|亩|公里|名)，[^，。；\d]{0,12}每(?P=of)[^，。；\d]{0,6}[\d,.]+万?元，(?:共?计|合计|共)\s?$"
)
#: 路面修补是支出大头，共460.02万元
LARGEST = re.compile(r"是(?:支出|花钱|投入)?(?:的)?(?:大头|主要部分|最大一[项块笔])，(?:共|计|合计|为)\s?$")
#: 财政实拨2,600.00万元，到位率97.01%
RAISED = re.compile(r"(?:实拨|实际拨付|拨付|拨入)(?:资金)?\s?$")
ARRIVAL = re.compile(r"，(?:资金)?到位率")
#: 1个班代签到9人，补贴8,100元不予拨付
REFUSED = re.compile(r"\s?(?:均|全部)?不予(?:拨付|发放|支付|兑付|兑现)")
#: 全年发放创新券面额150.00万元
FACE_VALUE = re.compile(r"面[额值](?:共计?|合计)?[为是]?\s?$")
#: 样品购置费实行备用金制度，额度3万元
PETTY_CASH = re.compile(r"备用金[^。；]*$")
#: 提前下达中央补助4,100万元，5月下达第二批1,100万元，两批共5,200万元: of that payer
PAYERS_BATCHES = re.compile(
    r"(?:中央|上级|[省市]级?)(?:财政)?(?:补助|专项|资金)[^。；]*[两二三四五]批(?:次)?(?:资金|补助)?(?:共计?|合计|总计)\s?$"
)
#: 若不计上年结转、仅以当年下达指标6,845.32万元相比: a base that is only supposed
BASE_SUPPOSED = re.compile(
    r"(?:^|[，。；])[^，。；]{0,4}[若如](?:[^。；]*以|(?:只|仅|单)按)[^，。；\d]{2,14}$"
)
#: 若只按当年下达数1,879.50万元计算，支付比例为90.79%
IF_BY = re.compile(r"[若如](?:只|仅|单)[按以][^。；]*(?:计算|计)，[^，。；\d]{0,10}$")
#: 非税收入方面，全年代收检验费93.27万元，完成年度计划88万元的105.99%
NON_TAX = re.compile(r"(?:^|[。；])\s?(?:其中[，：:]?)?非税收入(?:方面)?[，,][^。；]*$")
#: 合同年服务费4,480万元，按考核结果付款: of a contract
CONTRACT_YEARLY = re.compile(r"合同年(?:度)?(?:服务|运营|养护|保洁)?费(?:用)?[为是共]?\s?$")
#: 基础完成付至40%计452.00万元 · 按进度签证付95.32万元: by the stages of a contract
BY_STAGES = re.compile(
    r"(?:预付|[付支]至|付到)\s?\d[\d.]*\s?[%％](?:[计即为共]|[，,])?\s?$|(?:进度|签证|计量)付\s?$"
)
#: 预付10% · 付至40%
STAGE = re.compile(r"(?:预付|[付支]至|付到)\s?$")
#: 由上年结转120.50万元和当年下达1,879.50万元组成: a part of the year's budget
BESIDE_CARRIED = re.compile(
    r"由[^。；]*结[转余][^。；]*[和与及、](?:当年|本年度?)(?:下达|安排|拨款|指标)[^，。；\d]{0,4}$"
)
#: 校舍改造合同总价1,130.00万元
CONTRACT_PRICE = re.compile(r"合同(?:总价款?|总金额|总额)[为是共]?\s?$")
#: 四季度款的70%于次年1月支付: of one instalment
OF_INSTALMENT = re.compile(r"款(?:项)?的\s?$")
#: 预算执行率93.16%；与到位资金相比，支出比例为92.86%: by another base than the rate before it
OF_ARRIVED = re.compile(
    r"(?:执行|支出|支付|使用)(?:率|进度|比例)[^。]*\d\s?[%％][^。]*[与同比占](?:实际)?到位(?:资金|数)(?:总额)?(?:相比|比较|之比|的)[^。；\d]*$"
)
#: 涉及12个项目，其中10个项目执行率100%
OF_SOME_PROJECTS = re.compile(
    r"(?:^|[，；、。]|其中)(?:有|另有)?\s?[\d一二三四五六七八九十两]+\s?[个项](?:项目|专项)?(?:的)?(?:预算)?(?:执行|支付|支出|完成)率(?:均|都)?(?:为|达到?|在|超过)?\s?$"
)
#: 与县移动公司签订一年期合同，金额38.00万元，已付36.10万元
SIGNED = re.compile(
    r"签订(?:了)?[^，。；\d]{0,12}合同，(?:合同)?(?:金额|价款|总价|总额)?[为是]?\s?(?:\d[\d,.]*\s?[万亿]?元，(?:累计|已|实际|共|当年)*(?:支付|付款?|拨付)了?\s?)?$"
)
#: 按80%的进度款比例支付
BY_RATIO = re.compile(r"\s?的(?:进度款?|付款|支付|拨款)?比例(?:支付|付款|拨付|预付)")
#: 2023年结算扣减的41.36万元在本年预拨时抵减 · 财政按季下达用款额度280万元: taken off, or a part of the year's
TAKEN_OFF = re.compile(
    r"(?:扣减|核减|扣除|抵扣|抵减)的\s?$|按[季月]度?(?:下达|拨付|拨入|安排|核拨)[^，。；\d]{0,8}$"
)
#: 截污子项目施工合同价2,685万元，累计已付1,756.30万元: of one of several contracts
PART_CONTRACT = re.compile(
    r"(?:子项目|标段|[两二三四五六\d][座套台个])[^。；，\d]{0,12}合同(?:总?价款?|总?额|总?金额)[为是]?\s?(?:\d[\d,.]*\s?[万亿]?元[，,](?:按[^，。；]{2,20}[，,])?(?:累计|已|实际|共|分期)*(?:支付|付款?|拨付)(?:了)?)?\s?$"
)
#: 批准预算调整，增加382.22万元，其中基本支出184.57万元: what was added, and its parts
ADDED_BY = re.compile(
    r"(?:预算调整|调整预算|追加预算)[^。；，\d]{0,10}[，,](?:净)?(?:增加|调增|追加|核增)了?\s?(?:\d[\d,.]*\s?[万亿]?元[，,]其中(?:[^。；，\d]*\d[\d,.]*\s?[万亿]?元[、和])*[^。；，\d]*)?$"
)
#: 共支付四笔：3月120万元、6月150万元: one of several payments
BY_TIMES = re.compile(
    r"(?:支付|拨付|付款|兑付|下达|到位)[^。；，\d]{0,4}[两二三四五六七八九2-9][笔次批期](?:款项?|资金)?[：:][^。；]*月(?:份|底|末)?\s?$"
    # 从月度看，9月支出最多，为304.18万元
    r"|(?:\d{1,2}月份?|[一二三四]季度)(?:的)?(?:支出|支付|执行|用款)(?:额|数)?(?:最[多少大高低])，(?:仅|只|达|为|是)?\s?$"
)
#: 合同金额268.74万元，累计支付215.3万元，支付比例80.11% · 展陈施工合同79.8万元，结算78.1万元
CONTRACT_AHEAD = re.compile(
    r"^(?!.*采购)[^。；]*(?:中标|合同|成交)(?:总?价款?|总?金额|总?额)?[为是]?\s?(?:\d[\d,.]*\s?[万亿]?元[，,][^。；]*)?$"
)
PAID_OF_CONTRACT = re.compile(
    r"(?:中标|合同|成交)(?:总?价款?|总?金额|总?额)?[为是]?\s?\d[\d,.]*\s?[万亿]?元[，,][^。；]*(?:支付|付款)比例[为是达]?\s?$"
    # 设备合同八份，总额556.40万元，付款比例96.82%
    r"|合同[一二三四五六七八九十两\d]+份[^。；]*(?:支付|付款)比例[为是达]?\s?$"
    # 合同款支付率92.4% · 合同已付款比例71.6%
    r"|合同(?:价?款|资金)?(?:已|的)*(?:支付|付款)(?:率|进度|比例)[为是达]?\s?$"
)
#: 下一年拟安排预算1,520万元
NEXT_YEAR = re.compile(r"(?:下一?年|明年|次年)度?(?:拟|计划|预计)[^，。；\d]*$")
#: 智慧矫正平台项目136万元被核掉98万元
CUT = re.compile(
    r"\s?被(?:核|砍|调|审)[掉减]|\s?[（(](?:已|均)?(?:含|包含|包括|计入)在(?:内|其中)[）)]|\s?，(?:另行|单独)(?:自评|编报)"
)
#: 首年实际结算385.4万元，次年按月考核
OF_CONTRACT_YEAR = re.compile(r"(?:首年|次年|第[一二三四]年)[^，。；\d]{0,8}$")
#: 使用专项债2,600万元，当年用款进度68.2%
OF_DEBT = re.compile(r"(?:专项债|债券|贷款)(?:券|资金)?\s?\d[^。；]*$")
#: 106.6万元未能支付 · 54万元奖金来不及公示发放
NOT_PAID = re.compile(
    r"[^，。；\d]{0,4}(?:来不及|未能|没能|无法)[^，。；]{0,6}(?:支付|发放|兑付|拨付)|因[^，。；\d]{2,16}未(?:能)?在?(?:年内|当年)(?:拨付|支付|兑付|发放)|\s?(?:的?(?:资金|款项))?(?:当年|年内|年底|至今)?(?:均|全部)?[未没](?:能|有)?(?:及时|按期|如期)?(?:支付|执行完|付出|兑付|拨付|使用|支出|花出去|花完|用完|用出去)"
)
#: 中央补助资金支付率91.6%，居民自筹资金支付率100%
PAYERS_RATE = re.compile(
    r"(?P<payer>中央|自治区|[省市县区州旗]级?|上级|本级|地方|居民|群众|企业|社会|单位)(?:财政)?(?:补助|配套|自筹|专项|奖补|资本)*(?:资金|经费|部分)的?(?:支付|执行|使用|支出|拨付)(?:率|进度|比例)[为达是]?到?\s?(?=\d)"
)
#: 专项640万元，支付589.44万元，执行率92.1%，其中…督导服务费90万元付39.44万元，为43.82%: of a part
RATED_BEFORE = re.compile(
    r"(?:执行|支付|支出|使用|完成)(?:率|进度|比例)[^。；，\d]{0,4}\d[\d.]*\s?[%％][^。；]*[，。；]其中[^。；]*$"
)
#: 智慧城管三期年末执行率84.60%，低于部门平均水平
UNDER_AVERAGE = re.compile(
    r"\s?[，,（(]\s?(?:明显|略)?[低高]于(?:本|我)?(?:部门|单位|局|全局|整体|总体|其[他它]项目|其余项目)[^，。；\d]{0,6}(?:平均|整体|总体|水平|执行率|进度)"
)


#: 高于全县部门平均水平（95.10%）
AVERAGE = re.compile(r"平均(?:水平|数|值)?[（(]?(?:为|是)?\s?$")
#: 大寨乡因雨季滑坡二次清方，拨付进度为86%: of one place among several
OF_ONE_PLACE = re.compile(
    r"(?:^|[，。；、])(?P<place>[^，。；、\d]{1,6}?(?:乡|镇|街道|村|片区))(?:(?:因|由于|受)[^，。；]{2,20}，)?(?:资金)?(?:拨付|支付|执行|支出|兑付)(?:进度|率)[为是达到仅]*\s?$"
)
#: 三级指标27项，完成25项，完成率92.6%
OF_INDICATORS = re.compile(
    r"指标\s?\d+\s?[项个][^。；]*(?:完成|达标|实现)\s?\d+\s?[项个][，,]\s?(?:指标)?(?:完成|达标|实现)率[为是达]?\s?$"
)
#: 整体执行率为97.72%，上半年为49.6%: of a part of the year
OF_PART_YEAR = re.compile(
    r"(?:上半年|[一二三]季度|(?<!\d)(?:[1-9]|1[01])月[末底])[^。；，\d]{0,8}\d[\d,.]*\s?万?元、(?:执行|支出|支付|预算)*(?:率|进度)(?:仅|只|才)?[为达有]?\s?$|"
    r"(?:^|[，；、])(?:上?半年|(?:[一二三]|前[一二三]个?)季度|(?:[1-9]|1[01])月(?:末|底))(?:为|是|达到?)?\s?$"
    r"|(?:^|[，；、。])(?:[1-9]|1[01])月份?(?:末|底)?(?:预算|资金)?(?:累计)?(?:执行|支付|支出)(?:率|进度)(?:才|仅|只)?(?:到|为|达|有)*\s?$"
)
#: 项目支出调增2,717.04万元，占调增总额2,806.94万元的96.80%
OF_CHANGE = re.compile(r"占(?:调增|增加|增支|追加|压减|调减)[^。；，]*的\s?$")
#: 占比依次为44.22%、41.21%、11.21%: what the parts of a project's spending are of it
IN_SHARES = re.compile(
    r"(?:占比(?:分别|依次)|(?:分别|依次)占)[为是：]?\s?(?:约?[\d.]+\s?[%％][、和及，]?)*$|占比[为是：]?\s?(?:约?[\d.]+\s?[%％][、和及，]?)+$|四舍五入[^。；\d]{0,4}合计为?\s?$"
)


#: 未执行部分主要是基本建设类项目的进度款，其执行率为71.98%
OF_UNPAID = re.compile(
    r"(?:未执行|未支付|未支出|未使用|结余|结转)(?:的?部分|的?资金)?(?:主要)?[是为系][^。；]*，其(?:预算)?(?:执行|支付|支出)率[为是]?\s?$"
)

#: 工单1,082件，同比下降9.6%
COUNT_GREW = re.compile(
    r"\d\s?(?:件|起|例|宗|户|亩|吨|家)[，,](?:同比|(?:较|比)(?:上年|去年|20\d\d年)(?:同期)?)(?:下降|增长|减少|增加|上升|提高|降低)了?(?:约)?\s?$"
)
#: 固定资产5,118.66万元，比上年末增加3.9%
OF_ASSETS = re.compile(
    r"(?:资产|净值|负债)[^。；]{0,40}元[，,](?:较|比)(?:上年末?|年初)(?:数|余额)?[增减上下][加少升降]\s?$"
)


#: 项目全年共支付301.6万元: behind a contract, of the project again
OF_PROJECT_AGAIN = re.compile(r"全年|本年|当年|年度|项目|合计|总计|共计")

#: where in a scene each pattern is looked for, and why a figure with it is no fact
Signs = tuple[tuple[re.Pattern[str], str, str], ...]
#: of an amount, in any report · in a department's
OF_AMOUNTS: Signs = (
    (BY_UNIT, "sentence", "其他口径"),
    (BY_TIMES, "sentence", "分次或分期"),
    (ROUGH_WHOLE, "clause", "口径不明"),
    (TAKEN_OFF, "before", "增减或调整"),
    (CONTRACT_YEARLY, "clause", "合同价款"),
    (COLLECTED, "clause", "非本部门收入"),
    (NON_TAX, "before", "非本部门收入"),
    (PART_CONTRACT, "sentence", "合同价款"),
    (BY_STAGES, "before", "合同价款"),
    (CONTRACT_PRICE, "before", "合同价款"),
    (BESIDE_CARRIED, "sentence", "其他口径"),
    (OF_HALF_YEAR, "clause", "其他口径"),
    (OF_TERM, "sentence", "分次或分期"),
    (APPLIED, "clause", "其他口径"),
    (PAID_FROM_CARRIED, "clause", "其他口径"),
    (IN_BATCHES, "sentence", "分次或分期"),
    (BOTH_SIDES, "clause", "其他口径"),
    (ONLY_PART, "sentence", "其他口径"),
    (OF_CONTRACT, "behind", "合同价款"),
    (CUT, "behind", "其他口径"),
    (NEXT_YEAR, "clause", "以后年度"),
    (NOT_PAID, "behind", "未支付"),
    (AT_HAND, "before", "其他口径"),
    (OF_EACH, "clause", "单位标准"),
    (EACH_GREW, "before", "单位标准"),
    (OF_ONE, "before", "部分"),
    (OF_ACCOUNT, "clause", "其他口径"),
    (OF_CONTRACT_YEAR, "clause", "多年累计"),
    (UNSPENT_OF, "sentence", "未支付"),
    (SEVERAL_OF, "sentence", "部分合计"),
    (SO_MANY, "before", "部分合计"),
    (BY_ONE_CAUSE, "before", "其他口径"),
    (SETTLED, "sentence", "合同价款"),
    (DIFFERS, "before", "差额"),
    (HANDED_IN, "behind", "非本部门收入"),
    (FUNDS_WITH, "behind", "其他口径"),
    (REFUSED, "behind", "未支付"),
    (FACE_VALUE, "before", "其他口径"),
    (FUNDS_OF, "behind", "其他项目"),
    (PART_OF, "before", "部分"),
    (EACH_PAID, "before", "分次或分期"),
    (ADDED_EACH, "sentence", "增减或调整"),
    (INVOICED, "before", "合同价款"),
    (CARRIED_AND, "before", "其他口径"),
    (OF_CARRIED, "before", "部分"),
    (LEFT_OF_SIDE, "before", "剩余资金"),
    (TO_DISPOSE, "before", "其他口径"),
    (MONTHS_TO, "before", "分次或分期"),
    (NOT_CHOSEN, "sentence", "其他项目"),
    (LAST_QUARTER, "before", "分次或分期"),
    (PETTY_CASH, "sentence", "其他口径"),
    (PAYERS_BATCHES, "sentence", "分出资方"),
)
OF_DEPARTMENTS_AMOUNTS: Signs = (
    (CONTRACT_AHEAD, "sentence", "合同价款"),
    (ADDED_BY, "sentence", "增减或调整"),
    (OF_FUND, "sentence", "其他口径"),
    (FUND_GRANT, "clause", "其他口径"),
    (BY_YEAR_OF_BUDGET, "sentence", "其他口径"),
    (REST_OF_KIND, "clause", "其他口径"),
    (OF_HIRED, "clause", "其他口径"),
    (CARRIED_USED, "before", "其他口径"),
    (SOME_COSTS, "before", "明细科目或其他口径"),
    (WITHIN_KIND, "before", "其他口径"),
    (DRAWN_ON, "before", "其他口径"),
    (ONCE, "before", "其他口径"),
    (NO_MORE, "before", "其他口径"),
    (USED_FOR, "before", "明细科目或其他口径"),
    (SOME_WORK, "before", "明细科目或其他口径"),
    (NORM, "clause", "单位标准"),
)
#: of a rate, in any report · in a project's · in a department's
OF_RATES: Signs = (
    (AVERAGE, "before", "其他口径"),
    (LESS_THAN, "before", "增减幅度"),
    (OF_CHANGE, "before", "其他占比"),
    (BY_CONTRACT, "before", "合同价款"),
    (STAGE, "before", "占投资或合同"),
    (BY_RATIO, "behind", "占投资或合同"),
    (OF_STAGE, "before", "占投资或合同"),
    (TO_BE_REACHED, "behind", "考核要求"),
    (IF_BY, "sentence", "假设"),
    (ONE_FUND, "before", "其他口径"),
    (OF_INDICATORS, "before", "其他比率"),
    (OF_INSTALMENT, "before", "其他比率"),
    (OF_PART_YEAR, "before", "年中进度"),
    (NON_TAX, "before", "其他口径"),
    (BY_UNIT, "sentence", "其他口径"),
    (OF_UNPAID, "before", "部分的比率"),
    (OF_ASSETS, "before", "非本部门指标"),
    (COUNT_GREW, "before", "其他比率"),
    (PETTY_CASH, "sentence", "其他口径"),
)
OF_PROJECTS_RATES: Signs = (
    (OF_ARRIVED, "before", "其他口径"),
    (PAID_OF_CONTRACT, "sentence", "合同价款"),
    (OF_DEBT, "before", "其他口径"),
    (IN_SHARES, "before", "各项占比"),
)
OF_DEPARTMENTS_RATES: Signs = (
    (OF_SOME_PROJECTS, "before", "部分的比率"),
    (PAID_OF_CONTRACT, "sentence", "合同价款"),
    (CARRIED_USED, "before", "其他口径"),
    (UNDER_AVERAGE, "behind", "其他口径"),
    (SHARE_OF_UNIT, "before", "其他口径"),
    (OF_FUND, "sentence", "其他口径"),
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
        if scene.setting.own and OF_ALL_OURS.search(scene.clause):
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
    """Whether a figure of a project's report is told payer by payer, or of what bonds paid."""
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
