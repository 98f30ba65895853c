"""What a naive checker would flag and must not be, each beside a fault that must: tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from schema.explain.making import fact, facts, funds, place, remark, report, row, section, table, tally
from schema.report import Band, Citation, Fact, Listing, Report
from schema.rules import check
from schema.rules.comparison import judge, malformed
from schema.rules.identities import same_department


def loud(made: Report) -> list[str]:
    return [f.rule for f in check(made).findings if f.severity != "notice"]


def notices(made: Report) -> list[str]:
    return [f.rule for f in check(made).findings if f.severity == "notice"]


# ---- targets and actual values ------------------------------------------------------------------

JUDGED = [  # target, actual, name, verdict (None: cannot be decided)
    ("≥95%", "95%", "", "met"), ("≥95%", "94.9%", "", "missed"), (">=95%", "96%", "", "met"),
    ("＞90％", "９１％", "", "met"), ("95%以上", "95.0%", "", "met"), ("不低于90%", "89.9%", "", "missed"),
    ("大于等于90%", "92%", "", "met"), ("大于等于90%", "88%", "", "missed"), ("不少于4次", "4次", "", "met"),
    ("≥85%", "90%以上", "", "met"), ("≥95", "0.96", "", None), ("≥95%", "0.96", "", "met"),
    ("≤5天", "5天", "", "met"), ("≤5天", "6天", "", "missed"), ("5个工作日内", "4个工作日", "", "met"),
    ("3个工作日内", "8个工作日", "", "missed"), ("不超过20万元", "21万元", "", "missed"),
    ("控制在12万元以内", "11.5万元", "", "met"), ("控制在12万元以内", "125000元", "", "missed"),
    ("≤100万元", "980000元", "", "met"), ("低于3%", "2.1%", "", "met"), ("小于等于15%", "12.5%", "", "met"),
    ("不高于5起", "6起", "", "missed"), ("=12期", "12期", "", "met"), ("=12期", "11期", "", "missed"),
    ("=12期", "13期", "", None), ("12期", "13期", "", "met"), ("12期", "11期", "", "missed"),
    ("100%", "100%", "", "met"), ("100%", "98%", "", "missed"), ("100%", "100.00%", "", "met"),
    ("2023年12月底前", "2023年11月30日", "", "met"), ("2023年12月31日前", "2024年1月15日", "", "missed"),
    ("2023年12月底前", "按时完成", "", "met"), ("12月底前", "2023年12月", "", "met"),
    ("2023年6月底前", "2023年6月", "", "met"), ("2023年6月15日前", "2023年6月", "", None),
    ("2023年12月底", "已完成", "", "met"), ("90%-95%", "93%", "", "met"), ("90%-95%", "88%", "", "missed"),
    ("90-95%", "97%", "", None), ("有效提升", "达成预期指标", "", "met"), ("有效提升", "有效提升", "", "met"),
    ("有效提升", "有所提升", "", None), ("逐步改善", "部分达成预期指标", "", "missed"),
    ("长期", "未完成", "", "missed"), ("有效保障", "基本达成", "", None), ("有效", "100%", "", "met"),
    ("10千米", "10000米", "", "met"), ("10千米", "9公里", "", "missed"), ("5万人", "52000人", "", "met"),
    ("≥1000人次", "980人次", "", "missed"), ("3台", "3套", "", "met"), ("3台", "2吨", "", None),
    ("4期", "完成培训4期", "", "met"), ("4期", "完成培训3期", "", "missed"), ("4期", "100%", "", "met"),
    ("4期", "80%", "", None), ("培训4期200人", "培训4期210人", "", "met"),
    ("培训4期200人", "培训3期200人", "", "missed"), ("≥3次", "4次，完成率133%", "", "met"),
    ("2023年完成4期", "4期", "", "met"), ("1次/年", "1次", "", "met"), ("每季度1次", "4次", "", None),
    ("0起", "0起", "", "met"), ("0起", "1起", "", "missed"), ("0", "0", "", "met"),
    ("3件", "2件", "群众投诉数", "met"), ("3件", "5件", "群众投诉数", "missed"), ("≤3件", "2件", "投诉数", "met"),
    ("12万元", "11万元", "培训成本", None), ("12万元", "12万元", "培训成本", "met"), ("≤12万元", "13万元", "成本", "missed"),
    ("/", "/", "", None), ("无", "无", "", None), ("", "3次", "", None), ("3次", "", "", None), ("3次", "—", "", None),
    ("≥98%", "9X.5%", "", None), ("1,200人", "1200人", "", "met"), ("1200人", "1,150人", "", "missed"),
    ("提升5%", "提升5.2%", "", "met"), ("≥90%", "未达到", "", "missed"), ("100%", "全部完成", "", "met"),
    ("6个月", "5个月", "工期", "met"), ("6个月", "7个月", "工期", "missed"), ("365天", "300天", "平台运行时间", "missed"),
    ("约200户", "198户", "", "met"), ("约200户", "150户", "", "missed"), ("10项", "完成8项", "", "missed"), ("及时", "不及时", "", "missed"),
    ("12月底", "次年1月", "", "missed"), ("24小时内", "48小时", "", "missed"), ("5天", "1小时", "", None), ("至少2次", "3次", "", "met"),
    ("≥3200人次", "3315（含“订单式”培训640人次）", "", "met"), ("≥3200人次", "3115（含“订单式”培训640人次）", "", "missed"),
    ("较上年下降10%", "下降13.6%", "环境卫生类投诉件数", "met"), ("较上年下降10%", "下降8%", "投诉件数", "missed"),
    ("下降10%", "-13.6%", "事故起数", "met"), ("较2022年下降5%", "上升2%", "事故起数", "missed"), ("增长5%", "下降8%", "", "missed"),
    ("较上年（2起）减少", "0起", "刑事案件数", "met"), ("较上年（2起）减少", "3起", "刑事案件数", "missed"),
    ("2023年6-9月", "8月28日完工", "完工时间", "met"), ("6月至9月", "10月8日", "完工时间", "missed"),
    ("95%", "98%", "投诉办结率", "met"), ("95%", "92%", "投诉办结率", "missed"), ("2%", "3%", "投诉率", "missed"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "name", "verdict"), JUDGED)
def test_judged(target: str, actual: str, name: str, verdict: str | None) -> None:
    got = judge(target, actual, name=name, year=2023)
    assert (got.verdict if got else None) == verdict


MALFORMED = [
    ("7,00.0,77", True), ("3M.8万元", True), ("9X.5%", True), ("1.2.3", True), ("12,34.5", True),
    ("1,234.56", False), ("95%", False), ("2023.12.31", False), ("2023.4.30前", False), ("A4纸", False),
    ("5G基站3个", False), ("", False), ("10,000人", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "is_bad"), MALFORMED)
def test_malformed(text: str, is_bad: bool) -> None:
    assert malformed(text) is is_bad


# ---- figures --------------------------------------------------------------------------------------

SPENDING = facts(spending_total="135.64万元", spending_basic="131.72万元", spending_project="3.92万元")


def stated(*pairs: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> list[Fact]:
    return [fact(p[0], p[1], i, **(p[2] if len(p) > 2 else {})) for i, p in enumerate(pairs)]  # type: ignore[misc]


FIGURES: list[tuple[str, list[Fact], list[str]]] = [
    ("tail of one last digit", stated(("budget.total", "10.3万元"), ("budget.basic", "5.1万元"), ("budget.project", "5.0万元")), []),
    ("beyond the tail", stated(("budget.total", "10.9万元"), ("budget.basic", "5.1万元"), ("budget.project", "5.0万元")), ["sum.budget"]),
    ("yuan beside 万元", stated(("budget.total", "135.64万元"), ("budget.basic", "1317189.12元"), ("budget.project", "39207.55元")), []),
    ("亿元", stated(("budget.total", "1.36亿元"), ("budget.basic", "1.32亿元"), ("budget.project", "392万元")), []),
    ("about", stated(("budget.total", "约140万元"), ("budget.basic", "131.72万元"), ("budget.project", "3.92万元")), []),
    ("another year's total", stated(("spending.total", "120万元", {"period": 2022})) + list(SPENDING), []),
    ("another stage's total", [*facts(budget_basic="131.72万元", budget_project="3.92万元"), *stated(("budget.total", "150万元", {"stage": "adjusted"})), *stated(("budget.total", "135.64万元", {"stage": "initial"}))], []),
    ("staged and unstaged agree with one another", stated(("budget.total", "100万元", {"stage": "initial"}), ("budget.total", "107万元", {"stage": "adjusted"}), ("budget.total", "107万元"), ("budget.total", "100万元")), []),
    ("unstaged differs from itself", stated(("budget.total", "100万元"), ("budget.total", "120万元")), ["duplicate.conflict"]),
    ("two projects", stated(("project.spending", "10万元", {"subject": "甲项目建设"}), ("project.spending", "20万元", {"subject": "乙项目建设"})), []),
    ("one project twice", stated(("project.spending", "10万元", {"subject": "甲工程"}), ("project.spending", "20万元", {"subject": "“甲工程”项目"})), ["duplicate.conflict"]),
    ("same value, other precision", stated(("spending.total", "135.6万元"), ("spending.total", "135.64万元")), []),
    ("cut off", stated(("spending.total", "135.6万元"), ("spending.total", "135.69万元")), []),
    ("same precision, last digit", stated(("spending.total", "135.64万元"), ("spending.total", "135.65万元")), ["duplicate.conflict"]),
    ("ten times is no unit", stated(("spending.total", "135.64万元"), ("spending.total", "1356.4万元")), ["duplicate.conflict"]),
    ("hundred times is", stated(("spending.total", "135.64万元"), ("spending.total", "13564万元")), ["unit.magnitude"]),
    ("persons times hundred are not", stated(("staff.actual", "3人"), ("staff.actual", "300人")), ["duplicate.conflict"]),
    ("rate by the initial budget", stated(("rate.total", "90%"), ("spending.total", "90万元"), ("budget.total", "100万元", {"stage": "initial"}), ("budget.total", "107万元", {"stage": "adjusted"})), []),
    ("rate by the adjusted budget", stated(("rate.total", "84.11%"), ("spending.total", "90万元"), ("budget.total", "100万元", {"stage": "initial"}), ("budget.total", "107万元", {"stage": "adjusted"})), []),
    ("rate by neither", stated(("rate.total", "80%"), ("spending.total", "90万元"), ("budget.total", "100万元", {"stage": "initial"}), ("budget.total", "107万元", {"stage": "adjusted"})), ["rate.execution"]),
    ("both rates, each by its own", stated(("rate.total", "90%"), ("rate.total", "84.11%"), ("spending.total", "90万元"), ("budget.total", "100万元", {"stage": "initial"}), ("budget.total", "107万元", {"stage": "adjusted"})), []),
    ("rate with the carry-over", stated(("rate.total", "81.82%"), ("spending.total", "90万元"), ("budget.total", "100万元"), ("carryover.opening", "10万元")), []),
    ("rate with fewer digits", stated(("rate.basic", "97%"), ("spending.basic", "131.72万元"), ("budget.basic", "135.47万元")), []),
    ("rate cut off", stated(("rate.basic", "97.2%"), ("spending.basic", "97.29万元"), ("budget.basic", "100万元")), []),
    ("nothing of nothing", stated(("rate.project", "0%"), ("spending.project", "0元"), ("budget.project", "0元")), []),
    ("spending of a budget of nothing", stated(("rate.project", "100%"), ("spending.project", "5万元"), ("budget.project", "0元")), ["spending.over"]),
    ("other year's rate", stated(("rate.basic", "80%", {"period": 2022}), ("spending.basic", "131.72万元"), ("budget.basic", "135.47万元")), []),
    ("above the initial budget, within the adjusted", stated(("spending.total", "105万元"), ("budget.total", "100万元", {"stage": "initial"}), ("budget.total", "107万元", {"stage": "adjusted"})), []),
    ("above the budget, within the carry-over", stated(("spending.total", "105万元"), ("budget.total", "100万元"), ("carryover.opening", "10万元")), []),
    ("above by rounding only", stated(("spending.project", "12.42万元"), ("budget.project", "124180元")), []),
    ("establishment with categories not listed", stated(("staff.authorized", "50人"), ("staff.authorized.admin", "20人")), []),
    ("categories above the establishment", stated(("staff.authorized", "50人"), ("staff.authorized.admin", "60人")), ["sum.staff"]),
    ("fewer people than posts", stated(("staff.authorized", "50人"), ("staff.actual", "48人")), []),
    ("a share of something unknown", stated(("share", "85%", {"subject": "某费用 / 总支出"}), ("spending.total", "10万元")), []),
    ("a decrease", stated(("change.amount", "-10万元", {"subject": "spending.total"}), ("spending.total", "90万元"), ("spending.total", "100万元", {"period": 2022})), []),
    ("a decrease written as growth", stated(("change.amount", "10万元", {"subject": "spending.total"}), ("spending.total", "90万元"), ("spending.total", "100万元", {"period": 2022})), ["rate.change"]),
    ("rate from the amount", stated(("change.rate", "-10%", {"subject": "spending.total"}), ("change.amount", "-10万元", {"subject": "spending.total"}), ("spending.total", "90万元")), []),
]  # fmt: skip


@pytest.mark.parametrize(("found", "rules"), [f[1:] for f in FIGURES], ids=[f[0] for f in FIGURES])
def test_figures(found: list[Fact], rules: list[str]) -> None:
    assert loud(report(*found)) == rules


BESIDE: list[tuple[str, list[str]]] = [  # 120万元 and 130万元 of one concept in a paragraph, what is noticed
    ("其中甲单位120万元，乙单位130万元。", []),  # parts of one list
    ("全年支出120万元。支出合计130万元。", ["duplicate.conflict"]),
]


@pytest.mark.parametrize(("paragraph", "rules"), BESIDE)
def test_two_values_in_one_paragraph(paragraph: str, rules: list[str]) -> None:
    contexts = [next(s + "。" for s in paragraph.split("。") if text in s) for text in ("120万元", "130万元")]
    pair = [
        replace(f, evidence=replace(f.evidence, start=paragraph.index(text), end=paragraph.index(text) + 5))
        for text, context in zip(("120万元", "130万元"), contexts, strict=True)
        for f in [fact("spending.total", text, 7, context=context)]
    ]
    assert (loud(report(*pair)), notices(report(*pair))) == ([], rules)


def test_a_rate_told_with_a_true_amount_is_of_the_same() -> None:
    """增长4.50% is wrong beside a right 增加86.57万元, though 104.50万元 and 100万元 of its paragraph would give it."""
    told = "支出1,688.94万元，比2022年1,602.37万元增加86.57万元，增长4.50%。"
    more = "培训支出104.50万元，会议支出100.00万元。"
    made = (
        fact("spending.total", "1,688.94万元", context=told),
        fact("spending.total", "1,602.37万元", context=told, period=2022),
        fact("change.amount", "86.57万元", context=told, subject="spending.total"),
        fact("change.rate", "4.50%", context=told, subject="spending.total"),
        fact("project.spending", "104.50万元", context=more, subject="培训"),
        fact("project.spending", "100.00万元", context=more, subject="会议"),
    )
    assert loud(report(*made)) == ["rate.change"]


def test_doubtful_recognition_is_said() -> None:
    found = (fact("spending.total", "135.64万元", 1, confidence=0.5), fact("spending.total", "120万元", 2))
    assert "识别把握不高" in check(report(*found)).findings[0].message


# ---- claims ---------------------------------------------------------------------------------------


def said(sentence: str, praise: str, about: str | None, *rates: tuple[str, str]) -> Report:
    found = [fact(concept, text, 60, context=sentence) for concept, text in rates]
    praised = remark("good_execution", praise, sentence, 60, about=about)
    return report(*found, remarks=(praised, remark("reason", "合同跨年", block=61)))


CLAIMS = [
    ("整体执行较好，整体执行率92%。", "整体执行较好", "rate.total", [("rate.total", "92%")], []),
    ("整体执行较好，整体执行率62%。", "整体执行较好", "rate.total", [("rate.total", "62%")], ["narrative.rate"]),
    ("整体执行较好，执行率92%，但项目支出执行率仅为45%。", "整体执行较好", "rate.total",
     [("rate.total", "92%"), ("rate.project", "45%")], []),
    ("整体执行较好，基本支出97%，项目支出45%。", "整体执行较好", "rate.total",
     [("rate.basic", "97%"), ("rate.project", "45%")], ["narrative.rate"]),
    ("基本支出执行较好，执行率97%；项目支出执行率45%。", "基本支出执行较好", "rate.basic",
     [("rate.basic", "97%"), ("rate.project", "45%")], []),
    ("总体执行较好，项目支出执行率45%，执行率偏低。", "总体执行较好", "rate.total", [("rate.project", "45%")], []),
    ("虽然总体执行较好，然而项目执行率只有45%。", "总体执行较好", "rate.total", [("rate.project", "45%")], []),
    ("整体执行较好，执行率80%。", "整体执行较好", "rate.total", [("rate.total", "80%")], []),
    ("整体执行较好，执行率79.9%。", "整体执行较好", "rate.total", [("rate.total", "79.9%")], ["narrative.rate"]),
    ("工作完成较好。", "工作完成较好", None, [], []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "praise", "about", "rates", "rules"), CLAIMS)
def test_claims(
    sentence: str, praise: str, about: str | None, rates: list[tuple[str, str]], rules: list[str]
) -> None:
    assert loud(said(sentence, praise, about, *rates)) == rules


def test_a_computed_rate_serves_where_none_is_stated() -> None:
    praise = (remark("good_execution", "预算执行良好", "本年预算执行良好。", 60, about="rate.total"),)
    low = report(*facts(spending_total="40万元", budget_total="100万元"), remarks=praise)
    fine = report(*facts(spending_total="90万元", budget_total="100万元"), remarks=praise)
    assert (loud(low), loud(fine)) == (["narrative.rate"], [])


def test_praise_of_the_work_is_none_of_the_budget() -> None:
    done = remark("completed", "各项任务全部完成", "各项任务全部完成。", 60)
    why = remark("reason", "合同跨年", block=61)
    assert loud(report(fact("rate.total", "45%"), remarks=(done, why))) == []


LOW: list[tuple[str, str, str, dict[str, Any], list[str]]] = [  # concept, rate, its sentence, more, rules
    ("rate.total", "62%", "执行率62%。", {}, ["deviation.unexplained"]),
    ("rate.project", "62%", "执行率62%。", {}, ["deviation.unexplained"]),
    ("rate.total", "85%", "执行率85%。", {}, []),
    ("rate.total", "62%", "因招标延后，执行率62%。", {}, []),
    ("rate.total", "62%", "执行率62%，尾款待验收后支付。", {}, []),
    ("rate.total", "62%", "执行率62%。", {"kind": "department_table"}, []),
    ("project.rate", "62%", "执行率62%。", {}, []),
]


@pytest.mark.parametrize(("concept", "rate", "sentence", "more", "rules"), LOW)
def test_a_low_rate_needs_a_reason(
    concept: str, rate: str, sentence: str, more: dict[str, Any], rules: list[str]
) -> None:
    assert loud(report(fact(concept, rate, context=sentence), **more)) == rules


# ---- ratings --------------------------------------------------------------------------------------

RATED: list[tuple[str, str, dict[str, Any], list[str]]] = [  # score, grade, more, rules
    ("90分", "优", {}, []), ("89.99分", "良", {}, []), ("89.5分", "良", {}, []), ("89.5分", "优", {}, ["rating.band"]),
    ("80分", "良", {}, []), ("79.9分", "良", {}, ["rating.band"]), ("65分", "中", {}, []), ("65分", "低", {}, []),
    ("59分", "差", {}, []), ("59分", "中", {}, ["rating.band"]), ("95分", "良", {}, ["rating.band"]),
    ("108分", "优", {"full": "120分"}, []), ("100分", "良", {"full": "120分"}, []),
    ("100分", "优", {"full": "120分"}, ["rating.band"]),
    ("105.6分", "良", {"full": "120分", "bands": ((90, "优"), (80, "良"), (60, "中"))}, []),
    ("105.6分", "中", {"full": "120分", "bands": ((90, "优"), (80, "良"), (60, "中"))}, ["rating.band"]), ("86分", "优", {"bands": ((85, "优"), (75, "良"), (60, "中"))}, []),
    ("86分", "良", {"bands": ((85, "优"), (75, "良"), (60, "中"))}, ["rating.band"]),
    ("86分", "优", {"bands": ((85, "优"), (75, "良"), (60, "中")), "department": "惠州市某某局"}, []),
    ("65分", "中", {"department": "惠州市某某局"}, []), ("75分", "良", {"department": "惠州市某某局"}, ["rating.band"]),
]  # fmt: skip


@pytest.mark.parametrize(("score", "grade", "more", "rules"), RATED)
def test_rated(score: str, grade: str, more: dict[str, Any], rules: list[str]) -> None:
    from decimal import Decimal

    found = [fact("score.total", score), fact("rating", grade, 1)]
    if "full" in more:
        found.append(fact("score.full", more["full"], 2))
    bands = tuple(Band(g, Decimal(low), None, place(g)) for low, g in more.get("bands", ()))
    made = report(*found, bands=bands, department=more.get("department", "某某办公室"))
    assert loud(made) == rules


# ---- indicator tables -------------------------------------------------------------------------------

FULL: dict[str, str | None] = {"target": "≥4期", "actual": "4期", "weight": "10", "score": "10", "reason": ""}
ROWS: list[tuple[str, dict[str, str | None], list[str]]] = [
    ("met, full", {}, []),
    ("missed, below, explained", {"actual": "3期", "score": "7", "reason": "讲师请假"}, []),
    ("missed, below, no reason", {"actual": "3期", "score": "7"}, ["deviation.unexplained"]),
    ("missed, below, the reason is none", {"actual": "3期", "score": "7", "reason": "无"}, ["deviation.unexplained"]),
    ("missed, full", {"actual": "3期"}, ["score.unearned"]),
    ("missed, full, explained", {"actual": "3期", "reason": "讲师请假"}, ["score.unearned"]),
    ("blank, full", {"actual": None}, ["score.unearned"]),
    ("blank, below", {"actual": None, "score": "7"}, ["indicator.incomplete"]),
    ("met, below, no reason", {"score": "8"}, ["score.unexplained"]),
    ("met, below, explained", {"score": "8", "reason": "资料归档不及时"}, []),
    ("above the weight", {"score": "11"}, ["score.bounds"]),
    ("not applicable", {"target": "/", "actual": "/", "weight": "10", "score": "10"}, []),
    ("undecidable", {"target": "有效提升", "actual": "有所提升"}, []),
    ("words, below, repeated", {"target": "有效提升", "actual": "有效提升", "score": "9"}, []),
    ("unreadable", {"target": "≥98%", "actual": "9X.5%"}, ["number.malformed"]),
    ("no target", {"target": None}, ["indicator.incomplete"]),
]  # fmt: skip


@pytest.mark.parametrize(("values", "rules"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_rows(values: dict[str, str | None], rules: list[str]) -> None:
    other = row("宣传次数", target="≥2次", actual="2次", weight="90", score="90", reason="")
    assert loud(report(tables=(table(row("培训期数", **{**FULL, **values}), other),))) == rules


@pytest.mark.parametrize(
    ("note", "rules"),
    [
        ("“培训期数”指标已完成，因台账不规范自行扣减2分。", []),
        ("宣传次数指标因台账不规范自行扣减2分。", ["score.unexplained"]),
        ("培训期数详见附件。", ["score.unexplained"]),
    ],
)
def test_a_note_of_the_form_gives_the_reason_of_the_row_that_it_names(note: str, rules: list[str]) -> None:
    rows = (
        row("培训期数", **{**FULL, "score": "8"}),
        row("宣传次数", target="≥2次", actual="2次", weight="90", score="90"),
    )
    assert loud(report(tables=(table(*rows, notes=(note,)),))) == rules


STANDARDS: list[tuple[str, dict[str, Any], tuple[str, ...], list[str]]] = [  # name, row, notes, rules
    ("the row's reason quotes it", {"target": "38公里", "actual": "37公里", "reason": "完成率97.37%，按评分标准95%以上得满分"}, (), []),
    ("not reached", {"target": "38公里", "actual": "34公里", "reason": "完成率89.47%，按评分标准95%以上得满分"}, (), ["score.unearned"]),
    ("a note names its kind", {"name": "群众满意度", "target": "≥90%", "actual": "89.5%"}, ("注：满意度调查结果达到85%（含）的得满分，低于85%的扣1分。",), []),
    ("a note on another kind", {"name": "群众满意度", "target": "≥90%", "actual": "89.5%"}, ("注：数量指标完成率在85%以上的得满分。",), ["score.unearned"]),
    ("within what is tolerated", {"name": "群众满意度", "target": "≥90%", "actual": "88.8%", "reason": "在允许的2个百分点抽样误差之内"}, (), []),
    ("beyond it", {"name": "群众满意度", "target": "≥90%", "actual": "87.2%", "reason": "在允许的2个百分点抽样误差之内"}, (), ["score.unearned"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "notes", "rules"), [s[1:] for s in STANDARDS], ids=[s[0] for s in STANDARDS]
)
def test_a_standard_that_the_report_quotes_forgives(
    values: dict[str, Any], notes: tuple[str, ...], rules: list[str]
) -> None:
    told = {**FULL, "reason": "受天气影响", **values}
    name = str(told.pop("name", "渠道衬砌长度"))
    other = row("宣传次数", target="≥2次", actual="2次", weight="90", score="90", reason="")
    assert loud(report(tables=(table(row(name, **told), other, notes=notes),))) == rules


def test_a_note_says_why_a_row_fell_short() -> None:
    short = row("标准化市场创建", target="6个", actual="5个", weight="10", score="8.33", reason="")
    other = row("宣传次数", target="≥2次", actual="2次", weight="90", score="90", reason="")
    note = "1.标准化市场创建少1个：业主变更，改造方案须重新表决，列入下一年。"
    assert loud(report(tables=(table(short, other, notes=(note,)),))) == []


def test_groups_scored_out_of_a_hundred_each_are_not_added_up() -> None:
    groups = [fact("score.group", f"{score}分", i + 1, subject=name) for i, (name, score) in enumerate(
        {"决策": 92, "过程": 86, "产出": 90, "效益": 85}.items())]  # fmt: skip
    assert loud(report(fact("score.total", "88.1分"), *groups)) == []


def test_a_form_without_scores_is_not_asked_for_them() -> None:
    plan = table(row("培训期数", target="≥4期"), row("宣传次数", target="2次"), fields="target")
    assert loud(report(tables=(plan,))) == []


def test_a_column_that_nobody_fills_is_no_row_s_omission() -> None:
    rows = (row(f"指标{i}", target="2次", actual="2次", weight=None, score=None) for i in range(4))
    assert loud(report(tables=(table(*rows, fields="target actual weight score"),))) == []


def test_the_execution_row_stands_in_the_funds_block() -> None:
    line = funds("年度资金总额", "10", "9.5", budget="100万元", spending="95万元", rate="95%")
    rows = (row("数量", weight="50", score="50"), row("效益", weight="40", score="40"))
    form = table(*rows, fields="weight score", funds=(line,), total=tally("总分", "100", "99.5", (0, 1)))
    assert loud(report(tables=(form,))) == []


def test_an_unsaid_weight_of_the_execution_row_is_the_rest() -> None:
    line = funds("年度资金总额", None, "20", budget="100万元", spending="87.68万元", rate="87.68%")
    rows = (row("数量", weight="50", score="50"), row("效益", weight="30", score="30"))
    form = table(*rows, fields="weight score", funds=(line,), total=tally("总分", "100", "100", (0, 1)))
    assert loud(report(tables=(form,))) == ["score.execution"]


# ---- words ----------------------------------------------------------------------------------------

NAMES = [
    ("县工商联", "惠东县工商业联合会", True), ("惠东县工商联", "惠东县工商业联合会", True),
    ("广东省惠东县教育局", "惠东县教育局", True), ("惠东县教育局机关", "惠东县教育局", True),
    ("惠东县教育局（本级）", "惠东县教育局", True), ("惠东县教育局", "惠东县民政局", False),
    ("博罗县教育局", "惠东县教育局", False), ("市水务局", "某某市水务局", True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_same_department(one: str, other: str, same: bool) -> None:
    assert same_department(one, other) is same


WORDS: list[tuple[str, Report, list[str]]] = [
    ("无 is text", report(sections=(section("other", "无。"),)), []),
    ("a heading alone", report(sections=(section("spending", ""),)), ["section.empty"]),
    ("filed in the next year", report(fact("filed_on", "2024-01-05")), []),
    ("filed on its last day", report(fact("filed_on", "2023-12-31")), []),
    ("filed in June of it", report(fact("filed_on", "2023-06-30")), ["period.mismatch"]),
    ("the same year everywhere", report(remarks=(remark("year", "2023", about="2023", where="title"),)), []),
    ("one number, other brackets", report(citations=(Citation("办法", "财预〔2020〕10号", place("a")), Citation("办法", "财预[2020]10号", place("b")))), []),
    ("three of three", report(listings=(Listing("个", 3, ("甲", "乙", "丙"), place("3"), place("甲")),)), []),
    ("a paper of another kind", report(fact("budget.total", "1万元"), fact("budget.total", "2万元", 1), kind="other"), []),
]  # fmt: skip


@pytest.mark.parametrize(("made", "rules"), [w[1:] for w in WORDS], ids=[w[0] for w in WORDS])
def test_words(made: Report, rules: list[str]) -> None:
    assert loud(made) == rules


def test_the_table_is_long_enough() -> None:
    assert len(JUDGED) + len(FIGURES) + len(CLAIMS) + len(RATED) + len(ROWS) + len(NAMES) + len(WORDS) >= 100


def test_groups_in_prose_are_summed_beside_a_table_that_has_no_rows_of_points() -> None:
    names = {"决策": "18分", "过程": "19分", "产出": "38.5分", "效益": "18分"}
    groups = [fact("score.group", text, at, subject=name) for at, (name, text) in enumerate(names.items())]
    money = table(fields="", funds=(funds("合计", budget="500万元"),))
    assert "sum.scores" in loud(report(*groups, fact("score.total", "94.5分", 9), tables=(money,)))


def test_a_project_has_one_score_in_its_text_and_in_its_table() -> None:
    told = fact("score.total", "96.5分")
    listed = fact("score.total", "95.6", 1, subject="农村公路养护项目")
    graded = fact("rating", "良", 2, subject="农村公路养护项目")
    assert "duplicate.conflict" in loud(report(told, listed, kind="project_report"))
    assert "rating.band" in loud(
        report(told, graded, replace(listed, quantity=told.quantity), kind="project_report")
    )


def test_a_projects_own_reason_is_no_others_however_its_name_is_written() -> None:
    stated = (("budget", "100万元", 4), ("spending", "62万元", 4), ("rate", "62%", 6))
    own = [fact(f"project.{of}", text, block, subject="农村公路养护项目") for of, text, block in stated]
    other = fact("project.rate", "50%", 9, subject="村庄绿化项目")
    reason = remark("reason", "质保金未到支付期", block=4)  # beside the money of the first
    found = check(report(*own, other, kind="project_report", remarks=(reason,))).findings
    assert [one.subject for one in found if one.rule == "deviation.unexplained"] == ["村庄绿化项目"]


@pytest.mark.parametrize(
    ("told", "rules"),
    [
        ("小修工程完成8.9万平方米，比目标9.5万平方米少0.6万平方米。5月以来沥青涨价，压减了一段罩面。", []),
        ("小修工程完成8.9万平方米，比目标9.5万平方米少0.6万平方米。", ["deviation.unexplained"]),
        ("小修工程完成8.9万平方米。5月以来沥青涨价，压减了一段罩面。", ["deviation.unexplained"]),
    ],
)
def test_why_a_result_fell_short_may_follow_it_in_its_paragraph(told: str, rules: list[str]) -> None:
    short = row(
        "路面小修工程量", target="≥9.5万平方米", actual="8.9万平方米", weight="100", score="93", reason=""
    )
    assert loud(report(tables=(table(short),), sections=(section("benefits", told),))) == rules
