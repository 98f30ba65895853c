"""The rule book: one row a rule. Order is precedence: of two findings that one slip can explain, the
upper one is told."""

from __future__ import annotations

from schema.rules.additions import scores, weights
from schema.rules.bands import band
from schema.rules.changes import change
from schema.rules.citations import counted, one_number
from schema.rules.cross import elsewhere
from schema.rules.duplicates import single
from schema.rules.identities import one_department, one_year
from schema.rules.indicators import complete, judged
from schema.rules.kinds import Rule
from schema.rules.limits import over_budget, over_staff
from schema.rules.magnitude import unit_slip
from schema.rules.marks import bounded, execution_score
from schema.rules.narrative import claim
from schema.rules.ratios import Rate, ratio
from schema.rules.sections import filled_sections, nothing_said, required_facts, required_sections
from schema.rules.shares import share
from schema.rules.sums import balance, listed, total

BUDGET_LAW = "《中华人民共和国预算法》第十三条、第十四条：支出以批准的预算为依据，预决算公开应真实、完整"
EVALUATION = "《项目支出绩效评价管理办法》（财预〔2020〕10号）"
TRUTH = f"{EVALUATION}：自评结果应当真实、客观、准确"
GUIDE = "《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）：绩效自评应当真实反映结果"

RATES = (
    Rate("rate.total", "spending.total", "budget.total", carried="carryover.opening"),
    Rate("rate.basic", "spending.basic", "budget.basic"),
    Rate("rate.project", "spending.project", "budget.project", carried="carryover.opening"),
    Rate("project.rate", "project.spending", "project.budget"),
)
SPENDINGS = (
    ("spending.total", "budget.total"), ("spending.basic", "budget.basic"),
    ("spending.project", "budget.project"), ("project.spending", "project.budget"),
    ("three_public.spending", "three_public.budget"), ("procurement.spending", "procurement.budget"),
)  # fmt: skip
STAFF = (
    ("staff.actual", "staff.authorized"), ("staff.actual.admin", "staff.authorized.admin"),
    ("staff.actual.institution", "staff.authorized.institution"),
    ("staff.actual.support", "staff.authorized.support"),
)  # fmt: skip
CATEGORIES = ("admin", "institution", "support")
THREE_PUBLIC = tuple(f"three_public.{item}.spending" for item in ("overseas", "vehicles", "hospitality"))

RULES: tuple[Rule, ...] = (
    single("duplicate.conflict", rates=RATES, zh="前后数字不一致", clause=TRUTH,
           meaning="同一数据（同一年度、口径和对象）在报告各处或附表中写了两次，取值对不上"),
    total("sum.budget", of="budget.total", parts=("budget.basic", "budget.project"), zh="预算合计不符",
          clause=BUDGET_LAW, meaning="预算总额不等于基本支出预算加项目支出预算"),
    total("sum.spending", of="spending.total", parts=("spending.basic", "spending.project"),
          zh="支出合计不符", clause=BUDGET_LAW, meaning="支出总额不等于基本支出加项目支出"),
    total("sum.basic", of="spending.basic", parts=("spending.personnel", "spending.operating"),
          zh="基本支出构成不符", clause=BUDGET_LAW, meaning="基本支出不等于人员经费加公用经费"),
    total("sum.three_public", of="three_public.spending", parts=THREE_PUBLIC, zh="三公经费合计不符",
          clause="《党政机关厉行节约反对浪费条例》：三公经费分项列示", meaning="三公经费不等于三个分项之和"),
    total("sum.staff", of="staff.authorized", parts=tuple(f"staff.authorized.{c}" for c in CATEGORIES),
          also=(("staff.actual", tuple(f"staff.actual.{c}" for c in CATEGORIES)),), closed=False,
          zh="人数合计不符", clause=TRUTH, meaning="编制或在职人数合计不等于所列各类人数之和"),
    listed("sum.projects", concepts=("spending.project", "budget.project"), severity="warning",
           zh="项目明细合计不符", clause=BUDGET_LAW, meaning="完整的项目明细加起来不等于项目支出或项目支出预算"),
    execution_score("score.execution", zh="执行率得分不符", clause=f"{EVALUATION}：执行率按比例计分，不超过分值",
                    meaning="执行率一行的得分不等于分值乘以执行率（不超过分值）"),
    bounded("score.bounds", zh="得分超出分值", clause=f"{EVALUATION}：得分不超过该项分值", meaning="得分为负，或高于该项分值"),
    weights("sum.weights", zh="分值合计不符", clause=f"{EVALUATION}：各项指标分值合计应等于满分",
            meaning="指标分值合计不等于满分（未写明时为100分），或组内各行不等于该组分值"),
    scores("sum.scores", zh="得分合计不符", clause=f"{EVALUATION}：总分由各项指标得分汇总而成",
           meaning="各行得分合计不等于总分，或组内各行不等于该组得分"),
    balance("sum.balance", opening="carryover.opening", income="income.total", spending="spending.total",
            closing="carryover.closing", severity="warning", zh="收支结余不符", clause=BUDGET_LAW,
            meaning="年初结转结余加收入减支出不等于年末结转结余"),
    ratio("rate.execution", rates=RATES, zh="执行率与金额不符", clause=f"{EVALUATION}：预算执行率=全年执行数÷全年预算数",
          meaning="写明的执行率不等于支出除以预算（年初、调整后、加结转等口径都试过）"),
    share("rate.share", of="share", zh="占比与金额不符", clause=TRUTH, meaning="写明的占比不等于部分除以整体"),
    change("rate.change", amount="change.amount", rate="change.rate", zh="增减幅与金额不符", clause=TRUTH,
           meaning="写明的增减额、增减率不是两年数字算出的结果"),
    over_staff("staff.over", pairs=STAFF, zh="超编", clause="《地方各级人民政府机构设置和编制管理条例》：不得超编制配备人员",
               meaning="实有在职人数超过核定编制，合计或某一类"),
    over_budget("spending.over", pairs=SPENDINGS, zh="超预算支出", clause=BUDGET_LAW,
                meaning="支出超过预算（有调整后预算的按调整后预算）"),
    unit_slip("unit.magnitude", zh="金额单位疑错", clause=TRUTH,
              meaning="同一数据的两处表述，或合计、执行率对不上的某个金额，恰好相差100倍、1万倍等，疑为元与万元混用"),
    band("rating.band", of="rating", by="score.total", full="score.full", zh="等级与得分不符",
         clause=EVALUATION, meaning="绩效等级不是得分所在档次的等级"),
    one_year("period.mismatch", zh="年度不一致", clause=TRUTH,
             meaning="标题、封面、正文写的评价年度不同，或填报日期早于评价年度结束"),
    one_department("identity.mismatch", zh="单位名称不一致", clause=TRUTH,
                   meaning="正文把另一个单位写作填报单位，疑似照抄"),
    claim("narrative.rate", rates=RATES, zh="结论与执行率矛盾", clause=GUIDE,
          meaning="文中称预算执行较好、严格按预算执行等，而所说的执行率低于合格线（未规定时80%）"),
    judged("score.unearned", zh="未完成却得满分", severity="warning",
           clause=f"{EVALUATION}：未完成的指标应按完成比例扣分", meaning="实际完成值没有达到指标值或为空，却得了满分"),
    judged("score.unexplained", zh="完成却扣分未说明", severity="warning", clause=f"{EVALUATION}：扣分应说明原因",
           meaning="指标已完成，得分低于分值，却没有说明原因"),
    judged("deviation.unexplained", zh="偏差未说明", severity="warning", rates=RATES,
           clause=f"{EVALUATION}：未完成的指标应说明偏差原因和改进措施",
           meaning="指标没有完成，或执行率低于规定的线，却没有说明原因"),
    judged("indicator.overachieved", zh="指标值偏低", severity="notice",
           clause=f"{EVALUATION}：完成值远高于指标值的应分析原因", meaning="实际完成值远高于指标值（150%以上），且没有说明原因"),
    counted("count.mismatch", zh="列举数与合计数不符", clause=TRUTH, meaning="写明的个数与紧接着列出的项数不同"),
    one_number("citation.conflict", zh="文号前后不一", clause="《党政机关公文处理工作条例》：引用公文应当准确",
               meaning="同一文件引用了两个不同的文号"),
    required_sections("section.missing", zh="缺少章节", clause="适用的报告提纲", meaning="提纲要求的章节没有出现"),
    filled_sections("section.empty", zh="章节无内容", clause="适用的报告提纲", meaning="章节只有标题，没有正文（写“无”算有内容）"),
    required_facts("fact.missing", zh="缺少必填数据", clause="适用的报告提纲", meaning="规定必须写明的数据全文没有出现"),
    complete("indicator.incomplete", zh="指标填报不全", clause=f"{EVALUATION}：自评表各栏应当填写完整",
             meaning="表中有此栏，而某行的指标值、实际完成值、分值或得分空白（写“/”“无”“—”的算已填）"),
    nothing_said("number.malformed", kind="malformed", zh="数字无法辨认", wants="可以辨认的数字",
                 says="{text}{at}应为数字，但无法辨认，请更正", clause=TRUTH, meaning="应当填数字的地方写的不成数字"),
    nothing_said("template.residue", kind="residue", zh="模板未填写", wants="填写实际内容",
                 says="模板的占位或说明文字没有替换：{text}{at}", clause=TRUTH,
                 meaning="文中留有模板的占位符或填写说明（XX、____、〔 〕等）"),
    elsewhere("text.copied", zh="文字雷同", severity="warning", needs="其他部门或上年的报告", clause=TRUTH,
              meaning="某一节的文字与其他部门或本部门往年的报告几乎相同"),
    elsewhere("prior.mismatch", zh="与上年报告不符", severity="warning", needs="本部门上年的报告", clause=TRUTH,
              meaning="写明的上年数字与上年报告不同"),
    elsewhere("ledger.mismatch", zh="与财政台账不符", severity="error", needs="财政台账", clause=TRUTH,
              meaning="数字与财政部门掌握的该部门该年度数字不同"),
    elsewhere("submission.missing", zh="应报未报", severity="error", needs="应报部门名册", clause=EVALUATION,
              meaning="名册上的部门当年没有报送自评报告"),
)  # fmt: skip

BY_ID = {rule.id: rule for rule in RULES}
