"""Reports in which one department tells several projects: the sums are the department's, the rest each project's."""

from __future__ import annotations

import pytest

from extractors.intake import read_data
from extractors.understanding import understand
from schema.report import Report
from schema.rules import check

TITLE = "清江区残疾人联合会2023年度部门项目支出绩效自评报告\n"
WHOLE = {"budget.project 3200000", "spending.project 3014400", "rate.project 94.2"}
PARTS = {
    "project.budget 1500000 残疾人托养服务", "project.spending 1485000 残疾人托养服务", "project.rate 99 残疾人托养服务",
    "project.budget 900000 辅助器具适配", "project.spending 783000 辅助器具适配", "project.rate 87 辅助器具适配",
    "project.budget 800000 就业技能培训", "project.spending 746400 就业技能培训", "project.rate 93.3 就业技能培训",
}  # fmt: skip
SCORES = {
    "score.total 98.9 残疾人托养服务", "score.total 89.7 辅助器具适配", "score.total 93.33 就业技能培训",
    "rating 优 残疾人托养服务", "rating 良 辅助器具适配", "rating 优 就业技能培训",
}  # fmt: skip

#: every project has a heading that is its name, which a sentence before lists with the others
HEADED = """一、项目总体情况
2023年我单位共实施残疾人托养服务、辅助器具适配和就业技能培训三个项目，年初预算共计320万元，全年实际支出301.44万元，整体执行率94.20%。
二、分项目说明
（一）残疾人托养服务
该项目预算150万元，实际支出148.50万元，执行率99%。自评98.9分，等级为优。
（二）辅助器具适配
预算安排90万元，支出78.30万元，预算执行率87%。自评得分89.7分，等级为良。
（三）就业技能培训
年初预算80万元，当年使用74.64万元，执行率为93.30%。综合评分93.33分，评定等级为优。
"""
#: no heading names a project: each paragraph and each clause begins with its name
NAMED = """一、项目总体情况
2023年度我单位纳入绩效自评的项目有残疾人托养服务项目、辅助器具适配项目、就业技能培训项目，共3个，预算总额320万元，支出总额301.44万元，总体执行率94.20%。
二、各项目资金使用情况
残疾人托养服务项目预算150万元，实际支出148.50万元，执行率99%。
辅助器具适配项目预算安排90万元，支出78.30万元，预算执行率87%。
就业技能培训项目年初预算80万元，当年使用74.64万元，执行率为93.30%。
三、自评结果
残疾人托养服务项目自评得分98.9分，等级为优；辅助器具适配项目自评得分89.7分，等级为良；就业技能培训项目自评得分93.33分，等级为优。
"""
#: items of a list, and the names without 项目
ITEMS = """一、项目概况
本次自评的三个项目分别是残疾人托养服务、辅助器具适配、就业技能培训。三个项目2023年预算共320万元，实际使用301.44万元，总执行率94.20%。
二、资金情况
1.残疾人托养服务：预算150万元，实际支出148.50万元，执行率99%。
2.辅助器具适配：预算安排90万元，支出78.30万元，预算执行率87%。
3.就业技能培训：年初预算80万元，当年使用74.64万元，执行率为93.30%。
三、自评结果
残疾人托养服务得98.9分，评为优；辅助器具适配得89.7分，评为良；就业技能培训得93.33分，评为优。三个项目平均得分93.98分。
"""
#: headings over headings, and all of the projects once more
NESTED = """一、项目概况
我单位2023年承担三个项目：残疾人托养服务项目、辅助器具适配项目、就业技能培训项目。上述项目批复预算合计320万元，决算支出301.44万元，平均执行率94.20%。
二、项目情况
（一）残疾人托养服务项目
1.预算执行情况
项目预算150万元，到位150万元，支出148.50万元，执行率99%。
2.自评结果
项目自评得分98.9分，自评等级“优”。
（二）辅助器具适配项目
1.预算执行情况
批复90万元，拨付78.30万元，支付进度87%。
2.自评结果
该项目得89.7分，评定为“良”。
（三）就业技能培训项目
1.预算执行情况
就业技能培训预算80万元，使用74.64万元，执行率93.30%。
2.自评结果
项目得93.33分，评为“优”。
"""
#: each paragraph begins with an ordinal word and a sentence that is the project's name
ORDINALS = """一、基本情况
我单位2023年项目支出预算320万元，共安排3个项目。全年项目支出301.44万元，执行率94.20%。
第一个是残疾人托养服务项目。这个项目是给重度残疾人买服务的，预算150万元，支出148.50万元，执行率99%。
第二个是辅助器具适配项目。预算90万元，支出78.30万元，执行率87%，适配器具312人。
第三个是就业技能培训项目。预算80万元，支出74.64万元，执行率93.30%，岗位378个。
二、自评结果
残疾人托养服务项目得98.9分，评为优；辅助器具适配项目得89.7分，评为良；就业技能培训项目得93.33分，评为优。
"""
#: the names first, the figures in their order; the amounts in another section
IN_TURN = """一、资金安排
对3个项目开展了自评。残疾人托养服务项目、辅助器具适配项目和就业技能培训项目分别安排预算150万元、90万元、80万元，上述项目预算合计320万元。
二、资金使用
截至年底，三个项目依次支出148.50万元、78.30万元和74.64万元，执行率依次为99%、87%、93.30%。上述项目支出合计301.44万元，总执行率94.20%。
三、自评结果
残疾人托养服务项目得98.9分，评为优；辅助器具适配项目得89.7分，评为良；就业技能培训项目得93.33分，评为优。
"""


def told(report: Report) -> set[str]:
    """The facts on money, rates, scores and grades, each with its project."""
    kinds = ("budget", "spending", "rate", "project", "score", "rating")
    facts = [fact for fact in report.facts if fact.concept.partition(".")[0] in kinds]
    return {
        f"{fact.concept} {fact.value} {(fact.subject or '').removesuffix('项目')}".strip() for fact in facts
    }


@pytest.mark.parametrize("text", [HEADED, NAMED, ITEMS, NESTED, ORDINALS, IN_TURN])
def test_each_figure_is_its_projects_and_the_sums_are_the_departments(text: str) -> None:
    report = understand(read_data((TITLE + text).encode(), "several.txt"))
    assert told(report) == WHOLE | PARTS | SCORES


def test_items_of_a_projects_report_are_its_parts_where_it_has_told_of_them() -> None:
    text = (
        "平泉县2023年乡村建设项目绩效自评报告\n一、资金使用情况\n（一）预算安排。乡村建设项目预算860万元，"
        "农村道路硬化占450万元，村庄绿化美化占180万元，农村改厕占230万元。\n（二）支出。实付821.30万元，执行率95.50%。具体为：\n"
        "——农村道路硬化付出441.00万元，为预算的98.00%，水泥购置258.60万元，人工机械182.40万元；\n"
        "——村庄绿化美化付出160.20万元，为预算的89.00%；\n"
        "——农村改厕付出220.10万元，为预算的93.50%。\n"  # a slip: 95.70%
    )
    assert {
        "project.spending 4410000 农村道路硬化", "project.spending 1602000 村庄绿化美化",
        "project.spending 2201000 农村改厕", "project.rate 93.5 农村改厕",
    } <= told(understand(read_data(text.encode(), "parts.txt")))  # fmt: skip


@pytest.mark.parametrize("end", ["。", "\n"])
def test_headings_of_a_projects_report_name_its_parts_before_their_money(end: str) -> None:
    text = (
        "平泉县2023年残疾人康复服务项目绩效自评报告\n一、资金情况\n残疾人康复服务项目预算326.8万元，支出319.42万元，执行率97.74%。"
        f"两个分项的情况为：\n1.残疾儿童康复训练补助{end}预算214万元，实际支出208.92万元，执行率为97.63%。\n"
        f"2.辅助器具适配补贴{end}预算112.8万元，实际支出110.5万元，执行率为97.96%。\n以上资金均已支付到位。\n"
    )
    assert told(understand(read_data(text.encode(), "parts.txt"))) == {
        "project.budget 3268000 残疾人康复服务", "project.spending 3194200 残疾人康复服务", "project.rate 97.74 残疾人康复服务",
        "project.budget 2140000 残疾儿童康复训练补助", "project.spending 2089200 残疾儿童康复训练补助",
        "project.rate 97.63 残疾儿童康复训练补助", "project.budget 1128000 辅助器具适配补贴",
        "project.spending 1105000 辅助器具适配补贴", "project.rate 97.96 辅助器具适配补贴",
    }  # fmt: skip


def test_one_projects_reason_is_not_anothers() -> None:
    text = (
        TITLE + "一、残疾人托养项目\n预算150万元，支出140万元，执行率93.33%，未支付部分因待验收后拨付。\n"
        "二、辅具适配项目\n预算90万元，支出65万元，执行率72.22%。\n三、自评结果\n"
        "自评总分94.5分，评价等级为优。\n"
    )
    found = check(understand(read_data(text.encode(), "reasons.txt"))).findings
    assert [one.subject for one in found if one.rule == "deviation.unexplained"] == ["辅具适配项目"]


def test_the_years_of_a_span_are_not_the_reports_year() -> None:
    text = "平泉县农村黑臭水体治理项目绩效自评报告\n（2022—2023年）\n填报时间：2024年4月20日\n一、项目概况\n项目于2022年立项。\n"
    report = understand(read_data(text.encode(), "span.txt"))
    assert [fact.value for fact in report.facts if fact.concept == "fiscal_year"] != ["2022"]


@pytest.mark.parametrize(
    "line", ["联系人周海宁　联系电话13800001234", "主管部门为县文化馆，填表人周海宁，电话0557-4100000。"]
)
def test_who_filled_it_in_is_told_without_colons(line: str) -> None:
    text = f"平泉县农村黑臭水体治理项目绩效自评报告\n{line}\n一、项目概况\n项目于2023年实施。\n"
    facts = {fact.concept: fact.value for fact in understand(read_data(text.encode(), "who.txt")).facts}
    assert facts["preparer"] == "周海宁"
    assert facts["phone"] in ("13800001234", "0557-4100000")


PARTS_TOLD = """一、项目概况
年初预算380.00万元，全年支出361.40万元，预算执行率95.11%，面向精品民宿和夜间集市。
二、分项资金执行
标准化摊位配套项目（消防水池、货梯、变配电）：安排168.00万元；到位168.00万元；支付163.74万元；执行率97.46%；结余4.26万元。
2.送戏下乡项目：安排96.00万元；支付96.00万元；执行率100.00%。通过政府购买服务，演出120场，每场8000元。
精品民宿奖补预算72.00万元，付65.50万元，90.97%。夜间文旅消费集聚区预算44.00万元，付36.16万元，82.18%，少付7.84万元。
"""


def test_parts_of_a_projects_report_in_lines_and_by_their_full_names() -> None:
    told = "公共文化服务提升项目2023年度支出绩效自评报告\n项目单位：清江区文化和旅游局\n" + PARTS_TOLD
    report = understand(read_data(told.encode(), "样本.txt"))
    parts = {
        (fact.subject, fact.concept.rpartition(".")[2], fact.value)
        for fact in report.facts
        if fact.concept.startswith("project.") and fact.subject != "公共文化服务提升项目"
    }
    assert parts == {
        ("标准化摊位配套项目", "budget", "1680000"), ("标准化摊位配套项目", "spending", "1637400"),
        ("标准化摊位配套项目", "rate", "97.46"), ("送戏下乡项目", "budget", "960000"),
        ("送戏下乡项目", "spending", "960000"), ("送戏下乡项目", "rate", "100"),
        ("精品民宿奖补", "budget", "720000"), ("精品民宿奖补", "spending", "655000"),
        ("精品民宿奖补", "rate", "90.97"), ("夜间文旅消费集聚区", "budget", "440000"),
        ("夜间文旅消费集聚区", "spending", "361600"), ("夜间文旅消费集聚区", "rate", "82.18"),
    }  # fmt: skip


@pytest.mark.parametrize(("stated", "broken"), [("361.40", []), ("371.40", ["sum.projects"])])
def test_projects_one_below_the_other_make_the_sum_before_them(stated: str, broken: list[str]) -> None:
    told = (
        "清江区住建局2023年度部门整体支出绩效自评报告\n一、项目支出\n"
        f"全年项目支出{stated}万元，由以下三个项目构成：\n"
        "（1）老旧小区改造工程，预算170.00万元，支出163.74万元，执行率96.32%，质保金未付；\n"
        "（2）农村危房改造补助，预算96.00万元，支出96.00万元，执行率100.00%；\n"
        "（3）保障性租赁住房筹集，预算114.00万元，支出101.66万元，执行率89.18%，待产权登记。\n"
    )
    report = understand(read_data(told.encode(), "样本.txt"))
    assert [f.rule for f in check(report).findings if f.rule == "sum.projects"] == broken


@pytest.mark.parametrize(("rate", "broken"), [("12.95%", []), ("11.46%", ["rate.change"])])
def test_the_change_of_a_projects_money_beside_its_parts(rate: str, broken: list[str]) -> None:
    told = (
        "外贸稳增长专项2023年度支出绩效自评报告\n项目单位：清江区商务局\n一、资金情况\n"
        f"全年拨付2,816.53万元，执行率98.48%。上一年度该专项拨付2,493.70万元，两年相比增加322.83万元，增长{rate}。\n"
        "境外展会补助安排760.00万元，拨付748.13万元，执行率98.44%；海外仓建设安排500.00万元，拨付486.00万元，执行率97.20%。\n"
    )
    report = understand(read_data(told.encode(), "样本.txt"))
    assert [f.rule for f in check(report).findings if f.rule == "rate.change"] == broken


@pytest.mark.parametrize(("total", "severity"), [("93.5", None), ("95.5", "error")])
def test_groups_whose_full_marks_make_a_hundred_are_all_there(total: str, severity: str | None) -> None:
    told = (
        "清江区审计局2023年度部门整体支出绩效自评报告\n一、自评结论\n"
        f"自评总分{total}分。履职效能分值45分，自评43分。管理效率分值30分，自评27.5分。"
        "运行成本分值15分，自评14分。满意度分值10分，自评9分。\n"
    )
    report = understand(read_data(told.encode(), "样本.txt"))
    found = [f.severity for f in check(report).findings if f.rule == "sum.scores"]
    assert found == ([severity] if severity else [])
