"""Score sheets told in prose: which points are a first-level group's, and which those of its rows."""

from __future__ import annotations

from documents import document

from extractors.figures.opinion import second_opinion
from extractors.understanding import understand

TITLE = "青禾县林业局2023年度天然林管护项目支出绩效自评报告"


def groups(*parts: str) -> list[tuple[str | None, str]]:
    report = understand(document(TITLE, *parts), second_opinion)
    return [(fact.subject, fact.value) for fact in report.facts if fact.concept == "score.group"]


def test_rows_below_headings_with_full_marks() -> None:
    told = groups(
        "三、绩效评价得分情况",
        "（一）决策（20分）",
        "得19分。项目立项6分得6分；绩效目标7分，目标合理性3分得3分，指标明确性4分得3分；资金投入7分得7分。",
        "（二）过程（25分）",
        "得23.5分。资金到位率4分，按98.42%折算得3.94分；预算执行率5分，按91.90%折算得4.60分；组织实施16分得14.96分。",
        "（三）产出（30分）",
        "得28.5分。数量指标12分得12分；质量指标8分得8分；时效指标6分得4.5分；成本指标4分得4分。",
        "（四）效益（25分）",
        "得23分。经济效益8分得8分；社会效益6分得6分；可持续影响5分得3分；服务对象满意度6分得6分。",
        "四、自评结论",
        "项目自评得分94分，等级为优。",
    )
    assert told == [("决策", "19"), ("过程", "23.5"), ("产出", "28.5"), ("效益", "23")]


def test_paragraphs_that_begin_with_a_group_and_end_in_its_sum() -> None:
    told = groups(
        "三、指标完成情况",
        "过程类指标分值20分。资金管理12分：到位率3分，得3分；支出率5分，按94.88%折算，得4.74分。小计得18.74分。",
        "产出类指标分值40分，小计得38分。数量12分：记录6人，得6分；培训936人次，得6分。",
        "效果类指标分值40分，小计得37.4分。社会效果12分，遇暴雨取消两场，得11分。",
        "四、自评结论",
        "满分100分，自评总得分94.14分，自评等级优。",
    )
    assert told == [("过程", "18.74"), ("产出", "38"), ("效果", "37.4")]


def test_without_a_total_that_fits_the_plainest_points_count() -> None:
    """The report's total is one too many: its groups are read as they are told, and the sum is a finding."""
    told = groups(
        "三、指标完成情况",
        "决策类指标分值20分，自评19分。立项8分得8分，目标12分得11分。",
        "产出类指标分值40分，自评38分。数量20分得20分，质量20分得18分。",
        "效果类指标分值40分，自评37分。社会效果20分得19分，经济效果20分得18分。",
        "四、自评结论",
        "满分100分，自评总得分95分，自评等级优。",
    )
    assert told == [("决策", "19"), ("产出", "38"), ("效果", "37")]


def test_names_that_do_not_make_the_total_are_no_groups() -> None:
    told = groups(
        "四、自评结论",
        "项目自评得分94分，其中决策得19分，过程得23.5分，产出得28.5分，效益得23分。"
        "过程失1.5分：资金管理13分得12分，组织实施12分得11.5分。",
    )
    assert told == [("决策", "19"), ("过程", "23.5"), ("产出", "28.5"), ("效益", "23")]


def test_a_group_told_again_without_a_word_of_its_name_is_the_same() -> None:
    told = groups(
        "三、绩效完成情况",
        "效益方面满分30分，得28分，扣分在后续处理一项。",
        "四、自评结论",
        "项目自评得95.5分，其中：预算执行率19.5分、产出指标38分、效益指标28分、满意度指标10分。",
    )
    assert sorted(set(told)) == [
        ("产出指标", "38"),
        ("效益指标", "28"),
        ("满意度指标", "10"),
        ("预算执行率", "19.5"),
    ]


def test_a_total_of_a_hundred_beside_the_score_is_the_full_marks() -> None:
    report = understand(
        document(
            TITLE,
            "三、评价工作开展情况",
            "评价采用比较法和公众评判法，总分100分。",
            "四、自评结论",
            "项目自评得分94分，等级为优。",
        ),
        second_opinion,
    )
    points = [(fact.concept, fact.value) for fact in report.facts if fact.concept.startswith("score.")]
    assert points == [("score.full", "100"), ("score.total", "94")]
