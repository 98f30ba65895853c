"""Amounts that are no project's budget though they were given: what one payer, one paper or one batch gave, what
went back, what another body paid."""

from __future__ import annotations

import re

from extractors.figures.anchors import PAPER
from extractors.figures.segments import has, tagged
from extractors.figures.setting import Decision, Scene
from extractors.figures.topics import PAYERS

#: 第一次（4月）147万元 · 一季度298.4万元 · 预付款620万元
PORTION = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[次批期笔年]|[首末][次批期笔]|[头末]一[次批期笔]|最后一?[次批期笔]|(?:第?[一二三四1-4]|[上下]半年?|前三)季度|[上下]半年|春季|秋季)[^，。；]{0,10}$"
    r"|(?:预付|进度|结算|首付|尾|质保)款[^，。；\d]{0,3}$"
)
#: 第二批：2023年5月，下达348万元: an item that tells of one batch
BATCH = re.compile(r"\s?(?:其中)?[：:]?\s?第[一二三四五六七八九十\d]+[次批期笔]\s?[：:（(，]")
PAYERS_ROW = re.compile(
    r"(?:中央|省|市|县|区)[^，。；\d]{0,4}[、和及](?:省|市|县|区|本级|地方)[^，。；]{0,10}(?:资金|财政|补助|配套)(?:分别)?(?:为|是)?\s?$"
)
#: 由车购税补助390万元、省级奖补170万元、一般债券200万元组成: up to the amount, and from there on
MADE_OF = re.compile(r"由(?P<payers>[^。；由]{0,80})$")
#: who has money to give
PAYER = re.compile(r"中央|国家|[省市县区州旗]级|上级|本级|地方|债券|车购税|自筹|转移支付|福彩公益金|社会资本")
MADE = re.compile(r"[^。；由]{0,80}?(?:组成|构成|筹集|分担|合成)")
#: 设备租赁费另由市局支付135万元
BY_ANOTHER = re.compile(
    r"由(?!我|本|财政)[^，。；、\d]{0,12}(?:局|委|厅|集团|公司|企业|学校|医院)(?:另行|直接|统一|全额)*(?:支付|承担|出资|负担|列支|兑付|发放)[^，。；\d]{0,4}$"
)
#: 搬迁补偿按三方协议结算，2023年计付112.35万元: of that part
BY_AGREEMENT = re.compile(
    r"[^，。；、\d]{2,}(?:费|款|补偿|赔偿|租金)(?:用|金)?(?:均|都|则)?按照?[^，。；\d]{0,8}(?:协议|合同)(?:约定)?(?:结算|支付|兑付|计付|付款)"
    r"，(?:20\d\d年度?|全年|当年|年内)?[^，。；\d]{0,6}$"
)
#: 实际到位988万元，到位率95%
ARRIVED = re.compile(r"到[位账](?:资金|金额|数)?(?:共计?|合计)?[为是]?\s?$")
#: 中央财政200万元于4月到位，县级40万元于8月到位，合计240万元，到位率100%
ALL_OF = re.compile(r"^[，；]?(?:合计|共计|总计|共)[为是]?\s?$")
AT_RATE = re.compile(r"\s?[，,（]\s?(?:资金|总)?到[位账]率")
#: 一般公共预算拨款1,380万元、政府性基金预算拨款480万元，合计财政拨款1,860万元
ONE_FUND = re.compile(r"一般公共预算(?:财政)?(?:拨款)?(?:收入)?[为是]?\s?$")
BOTH_FUNDS = re.compile(
    r"[、，；和与]\s?(?:政府性|国有资本)[^。；]{0,80}(?:合计|共计?|总计|小计)(?:为)?(?:财政)?拨款|[、，；和与]\s?(?:政府性|国有资本)[^。；]{0,80}财政拨款(?:合计|小计|共计?|总计)"
)
#: 财政拨款收入64,980.12万元（一般公共预算拨款64,260.12万元，…: of the whole told right before it
OF_GRANTS = re.compile(
    r"财政拨款(?:收入)?(?:合计|共计)?[为是]?\s?\d[\d,.]*\s?[万亿]?元[（(，](?:其中|包括|含)?[，：:]?\s?一般公共预算(?:财政)?(?:拨款)?(?:收入)?[为是]?\s?$"
)
#: 交回垃圾分类结余指标640万元 · 上缴结余资金12万元
RETURNED = re.compile(
    r"(?:交回|上交|上缴|缴回|退回|收回|核减)[^，。；\d]{0,10}(?:结余|结转|剩余)(?:资金|指标|额度)?[为共]?\s?$"
)
#: 改厕计690万元，垃圾清运等1,247万元: what the project's money went to
DETAIL = re.compile(r"[^，。；：]{2,16}等(?:方面|支出|费用)?\s?")
#: 服务人口41.2万, the unit of which is no money
PEOPLE = re.compile(
    r"(?:人口|人数|人次|人员|学生|居民|老人|客流|群众)(?:总数|总量|规模|年度|目标|任务)*(?:[约达近为是有共]|超过)*\s?$"
)
#: 接待目标为60万，实际63.7万: how many there were, behind how many there were to be
COUNTED = re.compile(
    r"(?:人口|人数|人次|客流)[^。；元]{0,10}\d[\d.]*\s?万[，、](?:全年|实际|完成|实为|为|是|达到?|共)+\s?$"
)

#: 安排120万元实施危桥改造: what a department did with some of its money
FOR_WORK = re.compile(r"\s?(?:资金)?，?(?:实施|开展|用于|建设|新建|改造|购买|购置|扶持|支持)")
GIVES = frozenset(("安排", "共安排", "统筹安排", "投入", "共投入", "落实"))


def decide_given(scene: Scene) -> Decision | None:
    """Why an amount that was given is no budget; None where it may be one."""
    arrived = ARRIVED.search(scene.clause) or (ALL_OF.search(scene.clause) and "到位" in scene.sentence)
    if arrived and AT_RATE.match(scene.source, scene.figure.end):
        return scene.none("到位情况")
    if BY_AGREEMENT.search(scene.sentence):
        return scene.none("占投资或合同")
    if ONE_FUND.search(scene.clause) and BOTH_FUNDS.match(scene.source, scene.figure.end):
        return scene.none("其他口径")
    if OF_GRANTS.search(scene.source[: scene.figure.start]):
        return scene.none("其他口径")
    if RETURNED.search(scene.clause):
        return scene.none("结转或收回")
    if scene.figure.unit == "万" and (PEOPLE.search(scene.clause) or COUNTED.search(scene.sentence)):
        return scene.none("人口数")
    if BY_ANOTHER.search(scene.clause):
        return scene.none("非本部门支出")
    made = MADE_OF.search(scene.source[: scene.figure.start])
    if made and PAYER.search(made["payers"]) and MADE.match(scene.source, scene.figure.end):
        return scene.none("资金来源")
    if scene.setting.single:
        return _of_project(scene)
    worked = scene.spoken.strip() in GIVES and FOR_WORK.match(scene.source, scene.figure.end)
    return scene.none("其他金额") if worked else None


def _of_project(scene: Scene) -> Decision | None:
    """The same, of the project that a report or a paragraph is about."""
    talk, segment, start = scene.talk, scene.segment, scene.figure.start
    if not segment.near and "预算" not in scene.sentence and PAYERS.fullmatch(scene.sentence):
        return scene.none("出资方")  # 自治区财政：104,000元
    if PORTION.search(scene.clause):
        heard = [key for _, key in tagged(segment.all, "aspect") if key in ("budget", "spending")]
        talk.portion = heard[-1] if heard else talk.portion or talk.aspect
        return scene.none("分次或分期")
    papers = _one_of_papers(scene)
    if papers:
        talk.portion = talk.portion or "budget"  # 以…号文下达400万元，以…号文追加120万元，两批合计520万元
    if papers or BATCH.match(re.split("[。；]", scene.source[:start])[-1]):
        return scene.none("分次或分期")
    if talk.among and scene.setting.own and scene.clause.strip() == "项目资金":
        return scene.none("项目的明细")  # 扶持资金5,236万元，其中直补资金2,316万元，项目资金2,920万元
    if DETAIL.fullmatch(scene.clause) and not has(segment.near, "aspect", "topic"):
        return scene.none("项目的明细")
    if not segment.near and talk.paid and scene.source[start - 1] in "、和与及":
        return scene.none("资金来源")  # 中央、省、县三级资金186万元、62万元、24万元
    if scene.row >= 2 and PAYERS_ROW.search(scene.source[:start]):
        return scene.none("资金来源")
    return None


def _one_of_papers(scene: Scene) -> bool:
    """Whether an amount is what one of its paragraph's papers gave: 财农〔2023〕25号下达113万元，财农〔2023〕64号下达50万元."""
    if not PAPER.search(scene.clause):
        return False
    return len(PAPER.findall(scene.source)) >= 2 and len(PAPER.findall(scene.clause)) == 1
