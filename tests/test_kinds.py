"""Kinds of papers, by small examples of each."""

from __future__ import annotations

import pytest
from documents import Grid, Paragraph, document, table

from extractors.kinds import recognise_kind
from extractors.outline import read_outline
from schema.report import DocumentKind

DEPARTMENT = (
    "一、部门职能", "负责甲。", "二、绩效目标", "目标。", "三、部门整体支出情况", "2023年部门整体支出90万元。", "四、自评结论", "自评得分90分。",
    "五、存在问题", "一是甲。",
)  # fmt: skip
PROJECT = (
    "一、基本情况", "（一）项目概况", "本项目由县政府批准立项，实施甲。", "（二）项目绩效目标", "目标。", "二、项目资金使用情况", "本项目支出90万元。",
    "三、自评结论", "该项目自评得分90分。", "四、存在问题", "一是甲。",
)  # fmt: skip
INDICATORS = (
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "培训期数", "4期", "4期", "50", "50"],
    ["总分", "", "", "", "", "100", "98"],
)
PROJECT_FORM = table(["项目名称", "培训项目", "<", "<", "<", "<", "<"], ["主管部门", "青河县司法局", "<", "实施单位", "青河县司法局", "<", "<"], *INDICATORS)  # fmt: skip
DEPARTMENT_FORM = table(["部门名称", "青河县司法局", "<", "<", "<", "<", "<"], ["年度主要任务", "任务一", "<", "<", "<", "<", "<"], *INDICATORS)  # fmt: skip

KINDS: tuple[tuple[DocumentKind, str, tuple[str | Paragraph | Grid, ...]], ...] = (
    ("department_table", "a form in numbered parts", ("2023年度部门整体支出绩效自评表", "一、预算执行情况", "二、年度绩效目标", "三、自评结论", DEPARTMENT_FORM)),
    ("department_table", "behind how to fill it in", ("填表须知", "一、本表由一级预算单位填报。", "二、得分保留两位小数。", "2023年度部门整体支出绩效自评表", DEPARTMENT_FORM)),
    ("department_report", "titled", ("青河县司法局2023年度部门整体支出绩效自评报告", *DEPARTMENT)),
    ("department_report", "untitled", DEPARTMENT),
    ("department_report", "title without 部门", ("2023年度绩效自评报告", *DEPARTMENT)),
    ("department_report", "with an annexed table", ("部门整体支出绩效自评报告", *DEPARTMENT, "附件：部门整体支出绩效自评表", DEPARTMENT_FORM)),
    ("department_report", "with annexed project forms", ("部门整体支出绩效自评报告", *DEPARTMENT, "附件", PROJECT_FORM, PROJECT_FORM)),
    ("department_report", "behind a covering letter", ("关于报送2023年度绩效自评报告的函", "县财政局：", "现将报告报上。", "部门整体支出绩效自评报告", *DEPARTMENT)),
    ("project_report", "titled", ("2023年度法律援助项目支出绩效自评报告", *PROJECT)),
    ("project_report", "untitled", PROJECT),
    ("project_report", "special funds", ("2023年度水利专项资金绩效自评报告", *PROJECT)),
    ("project_report", "funds, then the year", ("青河县交通运输局路面改善资金2023年度绩效自评报告", *PROJECT)),
    ("project_report", "with its form", ("法律援助项目绩效自评报告", *PROJECT, PROJECT_FORM)),
    ("project_table", "the form alone", ("项目支出绩效自评表", "（2023年度）", PROJECT_FORM)),
    ("project_table", "title in the grid", (table(["项目支出绩效自评表", "<", "<", "<", "<", "<", "<"], *INDICATORS),)),
    ("project_table", "several", (PROJECT_FORM, PROJECT_FORM, PROJECT_FORM)),
    ("project_table", "transfer payment", ("转移支付区域绩效目标自评表", table(["转移支付（项目）名称", "甲", "<", "<", "<", "<", "<"], *INDICATORS))),
    ("department_table", "the form alone", ("部门整体支出绩效自评表", DEPARTMENT_FORM)),
    ("department_table", "score sheet", ("2023年度部门整体支出绩效评分表", table(["一级指标", "二级指标", "分值", "评分标准", "自评得分"], ["预算编制", "编制质量", "10", "甲", "9"]))),
    ("department_table", "untitled", (DEPARTMENT_FORM, "注：得分一档最高不能超过该指标分值上限。")),
    ("other", "a notice", ("关于开展2023年度部门整体支出绩效自评工作的通知", "各单位：", "一、自评范围", "甲。", "二、自评内容", "绩效自评采用百分制，自评得分90分以上为优。", "附件：1.部门整体支出绩效自评报告（参考提纲）")),
    ("other", "rules", ("青河县项目支出绩效评价管理办法", "第一条 为规范绩效评价，制定本办法。", "第二条 绩效自评由单位开展。")),
    ("other", "accounts disclosed", ("青河县司法局2023年度部门决算", "一、部门职能", "甲。", "二、决算情况说明", "收入10万元。", "三、预算绩效情况", "开展绩效自评。")),
    ("other", "budget disclosed", ("青河县司法局2024年部门预算公开说明", "一、部门职能", "甲。", "二、收支情况", "10万元。")),
    ("other", "work summary", ("青河县司法局2023年工作总结", "一、年度工作完成情况", "甲。", "二、存在的问题", "乙。", "三、下一步工作", "丙。")),
    ("other", "contract", ("法律援助服务合同", "甲方：青河县司法局", "一、项目内容", "甲。", "二、付款方式", "分两期支付。")),
    ("other", "audit", ("关于青河县司法局预算执行情况的审计报告", "一、基本情况", "甲。", "二、存在的问题", "乙。", "三、审计建议", "丙。")),
    ("other", "a target sheet without results", ("项目支出绩效目标申报表", table(["项目名称", "培训", "<", "<"], ["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "期数", "4期"]))),
    ("other", "a plain table", (table(["姓名", "职务"], ["陈安", "主任"]),)),
    ("other", "evaluated by others", ("青河县2022年供水项目绩效评价报告", "评价机构：华信会计师事务所", "受青河县财政局委托，我所开展绩效评价。", *PROJECT)),
    ("other", "an opinion on a report", ("关于青河县司法局2023年度部门整体支出绩效自评报告的审核意见", "一、总体评价", "自评得分95分。", "二、存在的问题", "金额不符。", "三、修改意见", "请核实。")),
    ("other", "watched in the year", ("青河县司法局2023年1-7月绩效运行监控报告", *DEPARTMENT)),
    ("other", "budget and draft", ("关于青河县2023年预算执行情况和2024年预算草案的报告", "一、预算执行情况", "收入12亿元。", "二、存在的问题", "甲。")),
    ("other", "a list of projects", (table(["2023年度项目支出绩效自评情况汇总表", "<", "<", "<"], ["序号", "项目名称", "预算数", "执行数"], ["1", "公路养护", "120", "118"]),)),
    ("department_report", "helped by others", ("青河县司法局2023年度部门整体支出绩效自评报告", "我局委托华信会计师事务所协助开展自评。", *DEPARTMENT)),
    ("department_report", "filled into a table of labels", ("2021年度部门整体支出绩效自评报告", table(["部门名称", "青河县司法局"], ["部门职能", "负责司法行政工作，承担人民调解指导等职责。"], ["年度主要工作", "完成普法宣传任务十二项，指导调解案件。"], ["支出情况", "全年支出409.81万元，执行率97.90%。"], ["自评结论", "自评得分94分，等级“优”。"], ["存在问题", "普法形式不够丰富，经费保障偏低。"]))),
    ("project_report", "a project to buy", ("青河县2023年办公设备采购项目绩效评价报告", *PROJECT)),
    ("project_report", "a project to watch", ("青河县2023年视频监控运维项目绩效评价报告", *PROJECT)),
    ("project_report", "a project to plan", ("国土空间规划实施方案编制项目支出绩效自评报告", *PROJECT)),
    ("project_report", "answers to a questionnaire", ("青河县气象局关于2023年度防灾减灾项目绩效自评问题的书面答复", "市财政局：", "问题1：当年安排了多少钱？", "答：2023年该项目预算312万元，支出234.81万元。", "问题2：自评打了多少分？", "答：自评得分94分，等级为优。")),
    ("project_report", "one long text before its form", ("县志续修项目绩效自评报告", "2023年，县财政批复项目年初预算86万元，全年支出86万元，执行率100%。" * 25, "自评得分98分。", table(*INDICATORS))),
    ("project_report", "a policy", ("2023年度高龄津贴政策绩效自评报告", "一、政策概况", "向老人发放津贴。", "二、自评结论", "自评得分95分。")),
    ("other", "a circular on all departments", ("青河县财政局关于全县2023年度绩效自评工作情况的通报", "一、总体情况", "86个部门平均得分92分。", "二、存在的问题", "质量不高。")),
    ("other", "a letter", ("关于商请借用会议室的函", "县档案馆：", "因工作需要，拟借用会议室。")),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "parts"), KINDS, ids=[f"{kind}: {name}" for kind, name, _ in KINDS])
def test_kinds(kind: str, name: str, parts: tuple[str | Paragraph | Grid, ...]) -> None:
    made = document(*parts)
    assert recognise_kind(made, read_outline(made)) == kind
