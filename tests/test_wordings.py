"""Short reports end to end, in wordings of many places: near-misses that must stay quiet, and planted
errors that must be the only finding."""

from __future__ import annotations

import pytest
from documents import document, table

from benchmarks.learn import as_told
from extractors.figures.opinion import Opinion, second_opinion
from extractors.understanding import understand
from schema.rules import check

TITLE = "青禾县林业局2023年度部门整体支出绩效自评报告"
HEADING = "二、预算执行情况"


def loud(text: str, opinion: Opinion = second_opinion) -> list[str]:
    """Rules of the findings above notice; what a short text lacks is not asked."""
    made = check(understand(document(TITLE, HEADING, text), opinion))
    lacks = ("section.", "fact.missing")
    return [f.rule for f in made.findings if f.severity != "notice" and not f.rule.startswith(lacks)]


QUIET = [
    "全年预算1000万元，支出620万元，执行率62%，因工程跨年。执行率高于60%，按规定不需下调一档。",
    "本县执行新的档次：95分（含）以上为优秀，85分（含）至95分为良好，85分以下为一般。本项目自评得分94.2分，自评等级为良好。"
    "2021年度自评得分91分，当年按“90分以上为优”的原档次评为优。",
    "2023年部门预算总额为1000万元，其中基本支出400万元，项目支出500万元，其他支出100万元。",
    "2023年部门预算1000万元，其中：基本支出400万元；项目支出500万元；经营支出100万元。",
    "全年支出合计1200万元，其中基本支出500万元，项目支出600万元，上缴上级支出100万元。",
    "本年支出总额1200万元，其中基本支出500万元、项目支出600万元、对附属单位补助支出100万元。",
    "2023年预算数为893.2万元，其中基本支出399.2万元，项目支出494万元。基本支出完成392.53万元，"
    "执行率98.33%，执行情况良好；项目支出完成221.86万元，执行率44.91%，因招标流标未能完成。",
    "全年预算680万元，实际支出612万元，预算执行率90%，执行情况较好。",
    "年初预算500万元，调整后预算560万元，实际支出532万元，预算执行率95%。",
    "2023年预算总额800.5万元，其中基本支出300.25万元，项目支出500.25万元。",
    "2023年基本支出预算350万元，其中人员经费300万元，公用经费50万元。",
    "“三公”经费支出12万元，其中因公出国（境）费0万元，公务用车运行维护费9万元，公务接待费3万元。",
    "本单位核定编制30人，年末实有在职人员28人。",
    "2022年预算执行率为71.5%，2023年全年预算400万元，实际支出392万元，执行率98%，执行情况良好。",
    "下一步，力争预算执行良好。2023年全年预算400万元，实际支出260万元，执行率65%，因工程跨年进度偏慢。",
    "全年预算1234.56万元，实际支出1111.10万元，预算执行率约90%。",
    "项目支出预算200万元，实际支出130万元，执行率65%，主要原因是部分合同尾款未到支付节点。",
    "全年实际开支786.4万元，对应为：基本301.2万元，项目474.8万元，经营10.4万元。",
    "2023年支出587.6万元，同2021年的431.1万元相比，两年累计增长36.3%。",
    # rates of a part, of a source, of an interim, of last year
    "2023年全年预算1000万元，实际支出950万元，预算执行率95%。其中上级专项资金200万元，支出120万元，执行率60%。",
    "2023年中央资金到位300万元，执行率45%；全年预算1000万元，实际支出950万元，预算执行率95%，总体执行情况较好。",
    "年初预算500万元，年中追加100万元，上年结转50万元，全年可用指标650万元，实际支出617.5万元，执行率95%。",
    "2023年年初预算800万元，调增120万元，调整后预算920万元，全年支出874万元，支出进度95%，较上年提高3个百分点。",
    "2023年1-6月预算执行率42%，1-9月执行率68%，全年预算1000万元，支出980万元，全年执行率98%，执行情况良好。",
    "2022年预算执行率仅68%，2023年全年预算1000万元，支出960万元，执行率96%，预算执行情况明显好转，执行较好。",
    "2023年全年预算1000万元，支出960万元，执行率96%。项目支出执行率为72%，主要原因是部分项目跨年实施。",
    # praise that is taken back, denied or of another thing
    "全年预算1000万元，支出620万元，执行率62%，主要系工程款按合同进度支付。虽然总体执行率不高，但基本支出执行较好。",
    "除个别项目外，预算执行情况总体良好，全年预算1000万元，支出790万元，执行率79%，因项目验收推迟。",
    "本部门2023年预算执行不够理想，全年预算1000万元，支出620万元，执行率62%，因招标延后。",
    "各项目标任务全部完成，但预算执行率偏低。全年预算1000万元，支出620万元，执行率62%，原因是尾款未付。",
    "基本支出执行率99%，执行良好。项目支出执行率71%，主要是采购流标。",
    "基本支出严格按预算执行，项目支出因政策调整执行率仅为55%。",
    "未发现违规使用资金的问题，资金使用合规。全年预算1000万元，支出620万元，执行率62%，因工程跨年。",
    "严格执行中央八项规定，厉行节约。全年预算1000万元，支出620万元，执行率62%，因压减支出。",
    "疫情防控资金预算200万元，支出190万元，执行率95%。",
    # sums with further parts, parts of parts
    "2023年支出合计2100万元，其中：基本支出500万元，占23.81%；项目支出1500万元，占71.43%；上缴上级支出100万元，占4.76%。",
    "基本支出500万元，其中人员经费380万元（其中工资福利支出330万元，对个人和家庭的补助50万元），公用经费120万元。",
    "2023年基本支出500万元，其中：工资福利支出330万元，商品和服务支出120万元，对个人和家庭的补助50万元。",
    # shares and changes of other wholes
    "2023年总支出2500万元，其中人员经费1200万元，占基本支出的80%；基本支出1500万元，占60%。",
    "全年支出2500万元，一般公共服务支出1000万元，占40%；社会保障支出500万元，占20%。",
    "2023年支出合计560万元，比2022年的500万元增加60万元，增长12%；其中基本支出260万元，比上年增加10万元，增长4%；"
    "项目支出300万元，增加50万元，增长20%。",
    "2023年支出1000万元，比年初预算增加120万元，增长13.64%。",
    "2023年支出合计1000万元，较2021年增加200万元，增长25%。",
    "2022年总支出2500万元，2023年总支出2200万元。与上年相比，支出有所下降。",
    # balances that hold each other
    "2023年度总收入1100万元，其中财政拨款收入1000万元，年初结转和结余100万元。总支出1050万元，年末结转和结余50万元。",
    "收入总计1100万元（含上年结转100万元），支出总计1100万元（含年末结转50万元）。",
    # people
    "核定编制50人，实有在职人员48人，另有编外人员12人，借调3人，退休人员30人，合计供养90人。",
    "编制50名，其中行政编制20名、参公事业编制18名、事业编制12名；实有47人。",
    "核定编制30名，实有在编人员31人（含军转干部1名，按规定不占编制）。",
    # the number of an item is no part of a band
    "自评得分96.4分，自评等级为“优”。\n注：1.得分保留两位小数；2.90（含）—100分为“优”，80（含）—90分为“良”，60（含）—80分为“中”，60分以下为“差”。",
    "赴临川县林业局学习。邻县临川县林业局认真落实造林任务，可以借鉴。",
    "县审计局严格按照规定对我局部门预算执行情况进行了审计。",
    # what is filled in, where to sign
    "（填报日期：2024年3月8日）",
    "（填报单位盖章）",
    # scores and grades of others
    "2022年自评得分85分，等级为良；2023年自评得分92分，等级为优。",
    "财政部门对本部门上年绩效评价得分为82分，等级良；本年自评96分，等级优。",
    "根据评分标准，满分120分，自评得分108分，换算百分制90分，等级为优。",
    "自评得分86分，按照本县评价标准，85分以上为优，75-85分为良，60-75分为中，60分以下为差，评定等级为优。",
    # the praise is of the project in its paragraph, not of the whole that was slow
    "2023年部门预算1000万元，支出720万元，执行率72%，因工程延期。\n道路养护项目年度预算300万元，支出297万元，执行率99%。该项目严格按预算执行。",
    # what others gave, or gave to others, beside the report's own
    "我局整体支出绩效自评得分95.8分，等级为“优”。\n省档案局对县档案馆业务建设评价得分82.6分，评为“良”。",
    "本部门自评得分94.62分，自评等级为“优”。\n预算编制规范，绩效目标经区财政局审核，等级为“良好”；园区综合评估得分81.3分，结论为“合格”。",
    "物资折价28.6万元，均未纳入区妇联部门决算。",
    "我局整体支出自评得分96分，等级为“优”。\n水库灌溉中心先行自评，得分91.8分，等级为良，未并入本报告得分。",
    "我局自评得分92.6分，评价等级为“优”。上年度县财政局评定我局为良，得分86.9分。",
    # who grew is not the department; by whose sheet is not by whom
    "2022年总收入2,200万元，2023年总收入2,100万元。农村居民人均可支配收入21,460元，增长7.41%。",
    "2022年总支出2,500万元，2023年总支出2,700万元。执行率98%，上年支出少，是因为深翻作业面积减少。",
    "按照县财政局统一的自评表评分，本部门自评得分93.2分，等次为“优”。",
    "本部门自评得分84.2分（上年92.8分），等级良。",
    "2023年末县林业局核定编制112人，其中行政编制14人，事业编制98人。",
    # groups told again by another form of their names
    "综合得分89.6分，评价等级为“良”。其中决策类指标20分，得18分；过程类指标20分，得19.5分；产出类指标30分，得27.6分；效益类指标30分，得24.5分。\n"
    "项目决策情况。满分20分，得18分。\n项目过程情况。满分20分，得19.5分。\n项目产出情况。满分30分，得27.6分。\n项目效益情况。满分30分，得24.5分。",
    # two parts of one fund, and the rest of another
    "2023年基本支出决算数2,741.88万元。2023年项目支出决算数8,426.15万元。2023年政府性基金预算支出420.00万元，用于人居环境整治。"
    "全年预算数11,636.00万元，执行数11,588.03万元，执行率99.59%。",
]  # fmt: skip

PLANTED = [
    ("2023年部门预算总额为1000万元，其中基本支出400万元，项目支出700万元，其他支出100万元。", "sum.budget"),
    ("2023年部门预算总额为1000万元，其中基本支出400万元，项目支出500万元。", "sum.budget"),
    ("2023年预算总额800.5万元，其中基本支出300.25万元，项目支出530.25万元。", "sum.budget"),
    ("全年支出合计1200万元，其中基本支出500万元，项目支出600万元。", "sum.spending"),
    ("2023年基本支出决算数2,741.88万元。2023年项目支出决算数8,428.15万元。2023年政府性基金预算支出420.00万元，用于人居环境整治。"
     "全年预算数11,636.00万元，执行数11,588.03万元，执行率99.59%。", "sum.spending"),
    ("本年支出总额986.4万元，其中基本支出386.4万元，项目支出660万元。", "sum.spending"),
    ("2023年基本支出预算350万元。2023年基本支出330万元，其中人员经费300万元，公用经费50万元。", "sum.basic"),
    ("“三公”经费支出15.20万元，其中因公出国（境）费0万元，公务用车运行维护费9.10万元，公务接待费3.10万元。",
     "sum.three_public"),
    ("“三公”经费支出8.95万元，其中公务接待费2.05万元，公务用车运行维护费6.4万元，因公出国（境）费0万元。",
     "sum.three_public"),
    ("全年预算680万元，实际支出612万元，预算执行率96%。", "rate.execution"),
    ("年初预算500万元，调整后预算560万元，实际支出532万元，预算执行率91.2%。", "rate.execution"),
    ("全年预算1234.56万元，实际支出1111.10万元，预算执行率98.76%。", "rate.execution"),
    ("项目支出年初预算200万元，项目支出实际完成130万元，项目支出执行率85%，因尾款未付。", "rate.execution"),
    ("全年预算400万元，实际支出260万元，预算执行率65%，预算执行情况良好。", "narrative.rate"),
    ("本单位核定编制30人，年末实有在职人员34人。", "staff.over"),
    ("本馆事业编制26名，年末在编在职28人，退休11人。", "staff.over"),
    ("机关及全额拨款的参公、事业单位编制共60名，其中行政编制14名，事业编制41名，机关工勤编制3名。", "sum.staff"),
    ("全年预算400万元，实际支出460万元，预算执行率115%，因追加任务。", "spending.over"),
    ("2023年部门整体绩效自评得分92分，评价等级为“良”。", "rating.band"),
    ("2023年全年预算1000万元，支出600万元，预算执行率60%，主要是项目延期。本部门严格按照预算执行，支出与预算差异不大。",
     "narrative.rate"),
    ("全年预算1000万元，实际支出712万元，已全部支出完毕，执行率71.2%，因项目推迟。", "narrative.rate"),
    ("各项目资金均按计划全部支付到位。项目支出预算500万元，支出300万元，执行率60%，因招标推迟。", "narrative.rate"),
    ("2023年部门预算1000万元，支出968万元，执行率96.8%。\n野生动物致害补偿项目年度预算300万元，支付补偿款216万元，执行率72%，因受理案件少于测算。"
     "该项目严格按预算执行。", "narrative.rate"),
    ("临川县荒漠化防治中心作为本次自评的填报部门，2023年度整体支出目标明确。", "identity.mismatch"),
    # in one paragraph with the grade
    ("2023年部门预算1000万元，支出600万元，执行率60%，因工程延期。\n本部门自评等级为“优”，预算执行情况较好。", "narrative.rate"),
    ("2023年预算执行率偏低，全年预算1000万元，支出620万元，执行率62%。", "deviation.unexplained"),
    ("基本支出占总支出的58%。2023年总支出2500万元，其中基本支出1600万元，项目支出900万元。", "rate.share"),
    ("2023年总支出2500万元，比上年增加300万元，增长18.5%，2022年总支出为2200万元。", "rate.change"),
    ("2022年总支出2200万元，2023年总支出2500万元。与上年相比，支出有所下降。", "rate.change"),
    ("收入合计1000万元，上年结转50万元，支出合计980万元，年末结转150万元。", "sum.balance"),
    ("编制50名，其中行政编制20名、事业编制25名、工勤编制3名。", "sum.staff"),
    ("2023年部门整体支出1000万元，其中基本支出6000000万元，项目支出400万元。", "unit.magnitude"),
    ("2023年项目支出480万元，分别为：灌区改造300万元，设备购置100万元，宣传经费50万元。", "sum.projects"),
    ("自评得分86分，按照本县评价标准，85分以上为优，75-85分为良，60-75分为中，60分以下为差，评定等级为良。", "rating.band"),
    ("2023年全年支出7,00.0,77万元。", "number.malformed"),
    ("2023年全年支出1,2O7.5.3万元。", "number.malformed"),
    ("临川县林业局作为预算单位，对本部门支出管理办法作了修订。", "identity.mismatch"),
    ("总体看，青禾县民政局能够按照年初确定的整体绩效目标组织实施各项工作。", "identity.mismatch"),
    ("综上，青禾县生态环境局2023年度能够按照批复的绩效目标履行职责。", "identity.mismatch"),
    ("临川县林业局认真落实造林任务，全年造林2.1万亩。", "identity.mismatch"),
    ("2023年，青禾县残疾人联合会严格执行财务制度，部门整体支出管理规范，没有截留挪用。", "identity.mismatch"),
    ("2023年项目支出480万元。\n项目支出全部用于三个专项，具体为：灌区改造300万元，设备购置100万元，宣传经费50万元。", "sum.projects"),
    ("（填报日期：　　　　）", "template.residue"),
    ("【简述本年度组织实施的主要做法，不少于200字】", "template.residue"),
    ("项目支出里最大的一笔是甲类补助经费，当年列支184.69万元，在项目支出中占到58.57%。"
     "2023年总支出400万元，其中基本支出130.67万元，项目支出269.33万元。", "rate.share"),
    # what is left is no reason why
    ("全年预算480万元，实际支出348万元，预算执行率72.5%，剩余132万元结转2024年继续使用。", "deviation.unexplained"),
    ("2023年项目支出480万元。\n项目支出共3个项目，分别为：灌区改造300万元、设备购置100万元、河道巡护50万元。", "sum.projects"),
]  # fmt: skip


def test_what_the_next_year_is_to_bring_is_no_other_year_of_the_report() -> None:
    plans = "护理员持证率写进托养协议，2024年底前不低于60%。2024年部门预算草案为805.40万元。"
    made = check(understand(document(TITLE, HEADING, plans)))
    assert "period.mismatch" not in [f.rule for f in made.findings]


def test_groups_told_in_prose_are_added_where_the_form_has_no_scores() -> None:
    told = "自评得分92.5分，其中决策部分得18.5分，过程部分得17.5分，产出部分得28分，效益部分得27.5分。"
    form = table(
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值"], ["产出", "数量", "培训期数", "≥4期", "4期"]
    )
    made = check(understand(document(TITLE, "三、自评结论", told, form), as_told))
    assert [f.message for f in made.findings if f.rule == "sum.scores"] == [
        "自评总分写为92.5，4项相加应为91.5，相差1"
    ]


@pytest.mark.parametrize("text", QUIET)
def test_near_misses_stay_quiet(text: str) -> None:
    assert loud(text) == []


@pytest.mark.parametrize(("text", "rule"), PLANTED)
def test_planted_error_is_the_only_finding(text: str, rule: str) -> None:
    """By the rules alone: the second reader, who learned from whole reports, may doubt a lone sentence, and
    then its finding is a notice."""
    assert loud(text, as_told) == [rule]


def test_two_rates_wrong_in_one_place_are_doubted() -> None:
    """One clerk seldom makes one slip twice in a paragraph, a misreading of its order does."""
    text = "甲区水渠修缮项目预算100万元，支出90万元，执行率80.5%；乙区绿化养护项目预算200万元，支出150万元，执行率70%，因尾款未付。"
    made = check(understand(document(TITLE, HEADING, text), as_told))
    wrong = [f for f in made.findings if f.rule == "rate.execution"]
    assert [f.severity for f in wrong] == ["notice", "notice"]
    assert all("对应关系" in f.message for f in wrong)
    alone = text.replace("执行率70%", "执行率75%")
    assert loud(alone, as_told) == ["rate.execution"]


def test_a_share_of_what_was_spent_is_not_of_the_budget() -> None:
    lines = (
        "调整后预算5,102.44万元。",
        "全年支出4,876.20万元，其中基本支出1,310.83万元，占全年支出的25.69%。",
    )
    made = check(understand(document(TITLE, HEADING, *lines), as_told))
    assert [f.expected for f in made.findings if f.rule == "rate.share"] == ["26.88"]


def test_a_wrong_rate_that_is_low_either_way_is_no_good_execution() -> None:
    text = "全年预算1860万元，实际支出1388.20万元，预算执行率76.43%，预算执行情况良好，未支付部分为尾款。"
    assert sorted(loud(text, as_told)) == ["narrative.rate", "rate.execution"]


def test_a_form_of_another_year_contradicts_the_title() -> None:
    made = check(understand(document(TITLE, HEADING, "我局严格管理。", "项目支出绩效自评表", "（2021年度）")))
    assert "period.mismatch" in [f.rule for f in made.findings]


def test_points_below_titles_are_of_the_group_that_they_close() -> None:
    made = understand(
        document(
            TITLE,
            "一、绩效分析",
            "（一）履职效能",
            "任务全部完成。该部分分值40分，得38.5分。",
            "（二）预算管理",
            "1.预算编制。目标较细，扣0.5分。",
            "2.支出进度。9月进度偏慢，扣1分。",
            "该部分分值40分，得38.5分。",
            "（三）管理效率",
            "1.资产管理",
            "账实相符，得6分（满分8分）。",
        )
    )
    groups = [
        (fact.subject, str(fact.quantity.value))
        for fact in made.facts
        if fact.concept == "score.group" and fact.quantity
    ]
    assert groups == [("履职效能", "38.5"), ("预算管理", "38.5")]
