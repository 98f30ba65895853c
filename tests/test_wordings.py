"""Short reports end to end, in wordings of many places: near-misses that must stay quiet, and planted
errors that must be the only finding."""

from __future__ import annotations

import pytest
from documents import document

from extractors.understanding import understand
from schema.rules import check

TITLE = "青禾县林业局2023年度部门整体支出绩效自评报告"
HEADING = "二、预算执行情况"


def loud(text: str) -> list[str]:
    """Rules of the findings above notice; what a short text lacks is not asked."""
    made = check(understand(document(TITLE, HEADING, text)))
    lacks = ("section.", "fact.missing")
    return [f.rule for f in made.findings if f.severity != "notice" and not f.rule.startswith(lacks)]


QUIET = [
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
]  # fmt: skip

PLANTED = [
    ("2023年部门预算总额为1000万元，其中基本支出400万元，项目支出700万元，其他支出100万元。", "sum.budget"),
    ("2023年部门预算总额为1000万元，其中基本支出400万元，项目支出500万元。", "sum.budget"),
    ("2023年预算总额800.5万元，其中基本支出300.25万元，项目支出530.25万元。", "sum.budget"),
    ("全年支出合计1200万元，其中基本支出500万元，项目支出600万元。", "sum.spending"),
    ("本年支出总额986.4万元，其中基本支出386.4万元，项目支出660万元。", "sum.spending"),
    ("2023年基本支出预算350万元。2023年基本支出330万元，其中人员经费300万元，公用经费50万元。", "sum.basic"),
    ("“三公”经费支出15.20万元，其中因公出国（境）费0万元，公务用车运行维护费9.10万元，公务接待费3.10万元。",
     "sum.three_public"),
    ("全年预算680万元，实际支出612万元，预算执行率96%。", "rate.execution"),
    ("年初预算500万元，调整后预算560万元，实际支出532万元，预算执行率91.2%。", "rate.execution"),
    ("全年预算1234.56万元，实际支出1111.10万元，预算执行率98.76%。", "rate.execution"),
    ("项目支出年初预算200万元，项目支出实际完成130万元，项目支出执行率85%，因尾款未付。", "rate.execution"),
    ("全年预算400万元，实际支出260万元，预算执行率65%，预算执行情况良好。", "narrative.rate"),
    ("本单位核定编制30人，年末实有在职人员34人。", "staff.over"),
    ("全年预算400万元，实际支出460万元，预算执行率115%，因追加任务。", "spending.over"),
    ("2023年部门整体绩效自评得分92分，评价等级为“良”。", "rating.band"),
]  # fmt: skip


@pytest.mark.parametrize("text", QUIET)
def test_near_misses_stay_quiet(text: str) -> None:
    assert loud(text) == []


@pytest.mark.parametrize(("text", "rule"), PLANTED)
def test_planted_error_is_the_only_finding(text: str, rule: str) -> None:
    assert loud(text) == [rule]
