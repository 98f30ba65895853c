"""Tables as people fill them in: each case of data/tables.txt is a grid and all that is read from it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.context import Context
from extractors.tables.cells import NotAFigure, read_figure
from extractors.tables.forms import TablesReading, read_tables
from extractors.tables.labels import one_item, read_label
from extractors.tables.vocabulary import DATA, read_forms, unit_in
from extractors.understanding import understand
from schema.catalogue import BY_ID
from tests.documents import document, table

Case = tuple[str, list[str], list[list[str]], list[str]]
CASES = Path(__file__).parent / "data" / "tables.txt"
YEAR = 2023


def read_cases(text: str) -> list[Case]:
    """Cases of the file: "=== name", "# caption", grid rows, "---", what is expected, a line each."""
    cases: list[Case] = []
    for part in text.split("=== ")[1:]:
        head, _, expected = part.partition("\n---\n")
        name, *lines = head.strip("\n").split("\n")
        captions = [line[2:] for line in lines if line.startswith("# ")]
        rows = [[cell.strip() for cell in line.split("|")] for line in lines if not line.startswith("# ")]
        cases.append((name, captions, rows, expected.strip("\n").split("\n") if expected.strip() else []))
    return cases


def context_of(captions: list[str], rows: list[list[str]]) -> Context:
    return Context(document(*captions, table(*rows)), (), "department_report", None, YEAR)


def reading_of(captions: list[str], rows: list[list[str]]) -> TablesReading:
    return read_tables(context_of(captions, rows))


def shown(reading: TablesReading) -> list[str]:
    """Everything of a reading, one line each; "·" stands for None."""
    lines = []
    for fact in reading.facts:
        marks = [f"@{fact.stage}"] if fact.stage else []
        marks += [str(fact.period)] if fact.period != YEAR else []
        marks += [f"[{fact.subject}]"] if fact.subject else []
        lines.append(" ".join(["fact", fact.concept, fact.value, *marks]))
    for sheet in reading.indicator_tables:
        lines.append(
            f"sheet {sheet.subject or '·'} full={_dot(sheet.full)} {' '.join(sheet.fields)}".rstrip()
        )
        for funds in sheet.funds:
            figures = (funds.initial, funds.budget, funds.spending, funds.rate)
            values = [_dot(q.value.normalize() if q else None) for q in figures]
            lines.append(" | ".join(["funds", funds.name, *values, _dot(funds.weight), _dot(funds.score)]))
        for row in sheet.rows:
            cells = (
                row.group,
                row.subgroup,
                row.name,
                row.target,
                row.actual,
                row.weight,
                row.score,
                row.reason,
            )
            lines.append(" | ".join(["row", *map(_dot, cells)]))
        for tally in (*sheet.groups, *([sheet.total] if sheet.total else [])):
            of = ",".join(map(str, tally.rows))
            lines.append(f"tally {tally.name} {_dot(tally.weight)} {_dot(tally.score)} of {of or '·'}")
    for listed in reading.project_lists:
        lines.append(
            f"list {listed.concept} {listed.total.value if listed.total else '·'} of {len(listed.parts)}"
        )
    lines += [f"malformed {remark.evidence.text}" for remark in reading.malformed]
    return lines or ["nothing"]


def _dot(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "·" if value is None else str(value)


@pytest.mark.parametrize("case", read_cases(CASES.read_text("utf8")), ids=lambda case: case[0])
def test_a_table_is_read(case: Case) -> None:
    _, captions, rows, expected = case
    assert shown(reading_of(captions, rows)) == expected


@pytest.mark.parametrize("case", read_cases(CASES.read_text("utf8")), ids=lambda case: case[0])
def test_evidence_holds_and_every_figure_is_accounted_for(case: Case) -> None:
    """Each place is the very text, and in a claimed table no cell that is a figure stays unknown."""
    _, captions, rows, _ = case
    context = context_of(captions, rows)
    reading = read_tables(context)
    blocks = context.document.blocks
    for fact in reading.facts:
        place = fact.evidence
        assert blocks[place.block].text[place.start : place.end] == place.text != ""
    known = {fact.evidence.block for fact in reading.facts} | {block for block, _, _ in reading.explained}
    known |= {remark.evidence.block for remark in reading.malformed}
    for block in blocks:
        if block.table in reading.claimed_tables and _is_figure(block.text):
            assert block.index in known, f"nobody knows {block.text!r}"


def _is_figure(text: str) -> bool:
    try:
        return read_figure(text) is not None
    except NotAFigure:
        return True


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("135.64", "135.64", "0.01"),
        ("1,234,567.80", "1234567.80", "0.01"),
        ("１２．５", "12.5", "0.1"),
        ("¥300", "300", "1"),
        ("-3.2%", "-3.2", "0.1"),
        ("95.5分", "95.5", "0.1"),
        ("约12万元", "12", "1"),
        ("12 345", "12345", "1"),
    ],
)
def test_a_figure_alone_in_a_cell(text: str, value: str, step: str) -> None:
    reading = read_figure(text)
    assert reading is not None
    assert (reading.quantity.value, reading.quantity.step) == (Decimal(value), Decimal(step))


@pytest.mark.parametrize("text", ["", "  ", "—", "无", "培训期数", "2023年12月", "3-5个", "12月底前", "甲1"])
def test_what_is_no_figure(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize("text", ["7,00.0,77", "3M.8万元", "5O", "1O0.5", "12。5", "1.234.56"])
def test_what_should_be_a_figure_and_cannot_be_read(text: str) -> None:
    with pytest.raises(NotAFigure):
        read_figure(text)


@pytest.mark.parametrize(
    ("label", "item", "measure", "stage", "back", "year"),
    [
        ("2023年基本支出年初预算数(万元)", "basic", "budget", "initial", None, 2023),
        ("其中:行政编制", "admin", "authorized", None, None, None),
        ("三公经费支出决算数", "three_public", "spending", None, None, None),
        ("上年决算数", "", "spending", None, 1, None),
        ("项目支出执行率", "project", "rate", None, None, None),
        ("年末结转和结余", "closing", None, None, None, None),
        ("财政拨款收入", "fiscal", "income", None, None, None),
        ("全年预算数", "", "budget", "adjusted", None, None),
    ],
)
def test_a_label_is_understood_by_its_words(
    label: str, item: str, measure: str | None, stage: str | None, back: int | None, year: int | None
) -> None:
    meaning = read_label(label)
    assert meaning is not None
    assert one_item(meaning.items) == item
    assert (meaning.measure, meaning.stage, meaning.back, meaning.year) == (measure, stage, back, year)


@pytest.mark.parametrize(
    "label", ["行政运行", "厉行节约保障措施", "联系电话", "全县生产总值", "办公经费补贴"]
)
def test_a_label_with_foreign_words_is_not_guessed(label: str) -> None:
    meaning = read_label(label)
    assert meaning is None or not one_item(meaning.items) or meaning.measure is None


def test_every_concept_of_the_table_words_is_in_the_catalogue() -> None:
    data = tomllib.loads((DATA / "table_words.toml").read_text("utf8"))
    assert set(data["concepts"].values()) <= set(BY_ID)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("项目资金(万元)", "万元"),
        ("单位:元", "元"),
        ("人数(人)", "人"),
        ("实施单位", None),
        ("执行率(%)", "%"),
        ("执行数(5元)", None),  # 万元 of which a seal left half
    ],
)
def test_a_label_states_its_unit(label: str, unit: str | None) -> None:
    assert unit_in(label) == unit


def test_a_form_is_added_by_one_block_of_data() -> None:
    """The recipe of docs/forms.md: labels that no form knows become readable by one [[form]]."""
    data = tomllib.loads((DATA / "forms.toml").read_text("utf8"))
    block = """
    [[form]]
    name = "indicators-plain-words"
    kind = "indicators"
    zh = "工作任务评分表"
    needs = ["level3", "target", "score"]
    columns.level3 = ["任务事项"]
    columns.target = ["要办到的"]
    columns.actual = ["办成的"]
    columns.score = ["给自己打分"]
    """
    rows = [["任务事项", "要办到的", "办成的", "给自己打分"]]
    header = ("任务事项", "要办到的", "办成的", "给自己打分")
    before = read_forms(data)
    assert not any(form.columns.role(label) for form in before.forms for label in header)
    data["form"] += tomllib.loads(block)["form"]
    added = read_forms(data).forms[-1]
    assert [added.columns.role(label) for label in rows[0]] == ["level3", "target", "actual", "score"]
    assert added.met_by({"level3", "target", "actual", "score"})


def test_a_form_over_two_tables_is_one_copy() -> None:
    """The funds block stands in one table, the indicators in the next one."""
    top = table(
        ["项目名称", "桥梁维修", "<"],
        ["项目资金（万元）", "全年预算数", "全年执行数"],
        ["年度资金总额", "30", "29.5"],
    )
    rest = table(
        ["一级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "维修座数", "3座", "3座", "100", "100"],
        ["总分", "<", "<", "<", "100", "100"],
    )
    reading = read_tables(Context(document(top, rest), (), "project_table", None, YEAR))
    (sheet,) = reading.indicator_tables
    assert (sheet.subject, sheet.table, len(sheet.funds), len(sheet.rows)) == ("桥梁维修", 1, 1, 1)
    assert reading.claimed_tables == {0, 1}


def test_goals_in_a_claimed_table_stay_for_the_prose() -> None:
    context = context_of(
        [],
        [
            ["项目名称", "某项目", "<"],
            ["年度总体目标", "计划培训300人次，投入50万元", "<"],
            ["三级指标", "指标值", "完成值"],
            ["人次", "300人次", "305人次"],
        ],
    )
    reading = read_tables(context)
    goal = next(block for block in context.document.blocks if block.text.startswith("计划"))
    assert goal.table in reading.claimed_tables
    assert goal.index not in {block for block, _, _ in reading.explained}


@pytest.mark.parametrize("cell", ["220 8", "220.8"])
def test_an_amount_that_a_scan_has_cut_gives_neither_fact_nor_remark(cell: str) -> None:
    """Recognised print that lost a character is known, and says nothing; typed text is taken at its word."""
    context = context_of(
        ["部门整体支出（单位：万元）"],
        [
            ["项目", "预算数", "决算数"],
            ["基本支出", "362.70", "347.83"],
            ["项目支出", "231.15", cell],
            ["合计", "593.85", "567.91"],
        ],
    )
    document = context.document
    blocks = tuple(replace(block, confidences=(0.99,) * len(block.text)) for block in document.blocks)
    scanned = read_tables(replace(context, document=replace(document, blocks=blocks)))
    typed = read_tables(context)
    assert "spending.project" not in {fact.concept for fact in scanned.facts}
    assert {fact.concept for fact in scanned.facts} == {fact.concept for fact in typed.facts} - {
        "spending.project"
    }
    assert not scanned.malformed


def test_the_sum_of_a_table_on_one_group_is_that_groups_score() -> None:
    head = ["二级指标", "三级指标", "分值", "自评得分", "扣分原因"]
    read = understand(
        document(
            "灌区改造项目2023年度绩效自评报告",
            "一、指标分析",
            "（一）决策类",
            "立项程序完备，打分如下：",
            table(head, ["项目立项", "立项依据", "9", "9", ""], ["绩效目标", "指标明确性", "6", "5.5", "缺少标准"], ["小计", "<", "15", "14.5", ""]),
            "（二）产出类",
            "改造渠道12公里，一处返工，打分如下：",
            table(head, ["产出数量", "改造渠道", "20", "20", ""], ["产出质量", "验收合格率", "15", "14", "一处返工"], ["小计", "<", "35", "34", ""]),
        )
    )  # fmt: skip
    scores = [(f.concept, f.subject, f.value) for f in read.facts if f.concept.startswith("score")]
    assert scores == [("score.group", "决策", "14.5"), ("score.group", "产出", "34")]


def test_what_a_score_sheet_says_of_its_points_is_read_under_the_row() -> None:
    read = understand(
        document(
            "岭西县应急管理局2023年度部门整体支出绩效评价指标评分表",
            "部门名称：岭西县应急管理局　　下属单位：2个　　单位：分、万元",
            table(
                ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分", "计算过程及扣分说明"],
                ["投入", "预算配置", "在职人员控制率", "10", "≤100%得满分", "10", "在职41人/编制43人=95.35%"],
                ["^", "^", "“三公”经费变动率", "20", "≤0得满分", "20", "本年度预算12.30万元，上年度预算13.50万元，变动率-8.89%"],
                ["过程", "预算执行", "预算完成率", "40", "按完成率计分", "38.01", "决算支出1,120.36万元/全年预算1,178.90万元=95.03%"],
                ["^", "预算管理", "政府采购执行率", "30", "≥95%得满分", "29", "因1批宣传品验收跨年，执行率95%，扣1分"],
                ["合计", "<", "<", "100", "", "97.01", ""],
            ),
        )
    )  # fmt: skip
    said = {(f.concept, f.value, f.period) for f in read.facts if not f.concept.startswith("score")}
    assert said == {
        ("department", "岭西县应急管理局", None), ("fiscal_year", "2023", None), ("subordinate_units", "2", None),
        ("staff.actual", "41", 2023), ("staff.authorized", "43", 2023),
        ("three_public.budget", "123000", 2023), ("three_public.budget", "135000", 2022),
        ("change.rate", "-8.89", 2023), ("spending.total", "11203600", 2023),
        ("budget.total", "11789000", 2023), ("rate.total", "95.03", 2023),
    }  # fmt: skip


def test_the_years_of_a_project_over_its_columns() -> None:
    read = understand(
        document(
            "义务教育学校课后服务补助项目2023年度绩效自评报告",
            "一、资金情况",
            "历年执行情况见下表（单位：万元）。",
            table(
                ["年度", "2022年", "<", "<", "2023年", "<", "<"],
                ["项目", "预算", "支出", "执行率", "预算", "支出", "执行率"],
                ["金额", "560.00", "551.60", "98.50%", "685.00", "662.43", "96.70%"],
                ["两年平均", "预算622.50，支出607.02，执行率97.51%", "<", "<", "<", "<", "<"],
            ),
        )
    )
    said = [(f.concept, f.value, f.period) for f in read.facts if f.concept.startswith("project")]
    assert said == [
        ("project.budget", "5600000", 2022), ("project.spending", "5516000", 2022), ("project.rate", "98.5", 2022),
        ("project.budget", "6850000", 2023), ("project.spending", "6624300", 2023), ("project.rate", "96.7", 2023),
    ]  # fmt: skip


def test_points_beside_a_rate_are_no_rates() -> None:
    reading = reading_of(
        ["市直部门整体绩效自评表（2023年度）"],
        [
            ["预算执行（10分）", "<", "预算执行率", "98.42%", "<", "10", "9.84", "按执行率折算"],
            ["目标序号", "指标类别", "具体指标", "计划值", "完成值", "分值", "得分", "备注（未完成原因）"],
            ["目标1", "数量", "办理案件", "1100件以上", "1,143件", "90", "90", ""],
            ["合计", "<", "<", "<", "<", "100", "99.84", ""],
        ],
    )
    assert [fact.value for fact in reading.facts if fact.concept.startswith("rate")] == ["98.42"]


def test_kinds_behind_the_people_of_a_header_are_people() -> None:
    reading = reading_of(
        ["部门人员情况表"],
        [
            ["编制数", "行政编制", "事业编制", "在职人数", "行政", "事业"],
            ["97", "74", "23", "93", "71", "22"],
        ],
    )
    assert {(fact.concept, fact.value) for fact in reading.facts} >= {
        ("staff.authorized.admin", "74"), ("staff.actual.admin", "71"), ("staff.actual.institution", "22"),
    }  # fmt: skip


def test_people_told_in_rows_and_beside_their_whole() -> None:
    rows = reading_of(
        ["人员情况表"],
        [
            ["人员类别", "行政（参公）", "事业", "工勤", "合计"],
            ["核定编制", "98", "31", "3", "132"],
            ["年末在职", "95", "30", "3", "128"],
        ],
    )
    assert {(fact.concept, fact.value) for fact in rows.facts} == {
        ("staff.authorized", "132"), ("staff.authorized.admin", "98"),
        ("staff.authorized.institution", "31"), ("staff.authorized.support", "3"),
        ("staff.actual", "128"), ("staff.actual.admin", "95"), ("staff.actual.institution", "30"), ("staff.actual.support", "3"),
    }  # fmt: skip
    beside = reading_of(
        ["一、部门基本信息"],
        [
            ["在职人数", "83", "人", "其中：行政", "14", "人"],
            ["林地面积", "186.4", "万亩", "退休人员", "58", "人"],
        ],
    )
    assert {(fact.concept, fact.value) for fact in beside.facts} >= {
        ("staff.actual", "83"), ("staff.actual.admin", "14"), ("staff.retired", "58"),
    }  # fmt: skip


def test_the_balance_of_both_sides_is_not_what_was_spent() -> None:
    reading = reading_of(
        ["部门收支决算表（单位：万元）"],
        [
            ["收入", "<", "支出", "<"],
            ["项目", "决算数", "项目", "决算数"],
            ["财政拨款收入", "1,632.75", "基本支出", "1,048.92"],
            ["其他收入", "—", "项目支出", "599.14"],
            ["本年收入合计", "1,632.75", "本年支出合计", "1,648.06"],
            ["年初结转结余", "88.32", "年末结转结余", "73.01"],
            ["总计", "1,721.07", "总计", "1,721.07"],
        ],
    )
    found = [(fact.concept, fact.value) for fact in reading.facts]
    assert [value for concept, value in found if concept == "spending.total"] == ["16480600"]
    assert ("carryover.closing", "730100") in found


def test_changes_beside_two_years_of_spending_are_changes_of_it() -> None:
    reading = reading_of(
        ["“三公”经费情况表"],
        [
            ["项目", "2022年", "2023年", "<", "与上年相比", "<"],
            ["项目", "决算（万元）", "预算（万元）", "决算（万元）", "增减（万元）", "幅度"],
            ["三公经费合计", "44.03", "45.50", "40.79", "-3.24", "-7.36%"],
            ["公务接待费", "2.83", "3.50", "2.15", "-0.68", "-24.03%"],
        ],
    )
    changes = {(fact.concept, fact.value, fact.subject) for fact in reading.facts if "change" in fact.concept}
    assert changes == {
        ("change.amount", "-32400", "three_public.spending"), ("change.rate", "-7.36", "three_public.spending"),
        ("change.amount", "-6800", "three_public.hospitality.spending"),
        ("change.rate", "-24.03", "three_public.hospitality.spending"),
    }  # fmt: skip


def test_the_points_for_execution_in_a_row_of_their_own_belong_to_the_sheet() -> None:
    reading = reading_of(
        ["部门整体绩效自评表（2023年度）"],
        [
            ["收入合计", "6334.38", "支出合计", "6139.65", "<", "<", "<"],
            ["预算执行得分", "<", "<", "<", "执行率95.50%×20", "20", "19.1"],
            ["一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值", "分值", "得分"],
            ["产出指标", "数量指标", "保障人数", "9800人", "9816人", "80", "79.27"],
            ["总分", "<", "<", "<", "<", "100", "98.37"],
        ],
    )
    (sheet,) = reading.indicator_tables
    assert [(row.weight, row.score) for row in sheet.funds] == [(Decimal(20), Decimal("19.1"))]


def test_the_column_that_numbers_the_rows_is_no_money_and_funds_beside_make_the_budgets_grant_a_part() -> (
    None
):
    reading = reading_of(
        ["收入支出决算总表（单位：元）"],
        [
            ["收　入", "<", "<", "<", "支　出", "<", "<", "<"],
            ["项目", "行次", "年初预算数", "决算数", "项目", "行次", "年初预算数", "决算数"],
            ["栏次", "", "1", "2", "栏次", "", "3", "4"],
            ["一般公共预算财政拨款收入", "1", "18,652,300.00", "21,407,856.32", "一、基本支出", "4", "9,236,500.00", "9,411,208.76"],
            ["政府性基金预算财政拨款收入", "2", "", "1,200,000.00", "二、项目支出", "5", "9,415,800.00", "13,196,647.56"],
            ["本年收入合计", "3", "18,652,300.00", "22,607,856.32", "本年支出合计", "6", "18,652,300.00", "22,607,856.32"],
        ],
    )  # fmt: skip
    found = {(fact.concept, fact.value, fact.stage) for fact in reading.facts}
    assert found == {
        ("budget.basic", "9236500", "initial"), ("spending.basic", "9411208.76", None),
        ("budget.project", "9415800", "initial"), ("spending.project", "13196647.56", None),
        ("income.total", "22607856.32", None), ("spending.total", "22607856.32", None),
        ("budget.total", "18652300", "initial"),
    }  # fmt: skip


def test_a_table_of_something_else_ends_the_funds_above_it() -> None:
    reading = reading_of(
        ["部门整体支出绩效自评表（2023年度）", "单位：元"],
        [
            ["部门资金", "资金类别", "年初预算数", "调整后预算数", "执行数", "执行率"],
            ["^", "合计", "1,000,000.00", "1,100,000.00", "1,045,000.00", "95.00%"],
            ["“三公”经费", "项目", "2022年决算", "2023年预算", "2023年决算", "增减额"],
            ["^", "公务接待费", "21,460.00", "22,000.00", "20,180.00", "-1,280.00"],
            ["^", "合计", "68,280.00", "70,000.00", "64,495.60", "-3,784.40"],
        ],
    )
    found = {(fact.concept, fact.value, fact.period) for fact in reading.facts}
    assert ("three_public.hospitality.spending", "20180", 2023) in found
    assert ("three_public.spending", "68280", 2022) in found
    assert [row.name for sheet in reading.indicator_tables for row in sheet.funds] == ["合计"]


def test_years_of_a_project_with_its_payers_and_what_was_carried_over() -> None:
    read = understand(
        document(
            "草原生态修复治理项目2023年度绩效自评报告",
            "一、资金情况",
            "历年执行情况见下表。",
            table(
                ["年度", "预算下达（万元）", "<", "<", "可用资金", "支出（万元）", "支出率"],
                ["^", "中央", "县级", "合计", "^", "^", "^"],
                ["2022年", "800.00", "200.00", "1,000.00", "1,000.00", "900.00", "90.00%"],
                ["2023年", "900.00", "100.00", "1,000.00", "1,100.00", "1,045.00", "95.00%"],
                ["两年累计", "1,700.00", "300.00", "2,000.00", "—", "1,945.00", "97.25%"],
            ),
        )
    )
    said = [(f.concept, f.value, f.period, f.stage) for f in read.facts if f.concept.startswith("project")]
    assert said == [
        ("project.budget", "10000000", 2022, None), ("project.budget", "10000000", 2022, "adjusted"),
        ("project.spending", "9000000", 2022, None), ("project.rate", "90", 2022, None),
        ("project.budget", "10000000", 2023, None), ("project.budget", "11000000", 2023, "adjusted"),
        ("project.spending", "10450000", 2023, None), ("project.rate", "95", 2023, None),
    ]  # fmt: skip


def test_people_by_place_and_shares_of_basic_spending() -> None:
    people = reading_of(
        ["人员情况表"],
        [
            ["人员类别", "编制数（名）", "年末实有（人）", "实有人员分布（人）", "<"],
            ["^", "^", "^", "局机关", "司法所"],
            ["政法专项（行政）编制", "76", "73", "35", "38"],
            ["事业编制", "14", "13", "—", "13"],
        ],
    )
    assert {(fact.concept, fact.value) for fact in people.facts} == {
        ("staff.authorized.admin", "76"), ("staff.actual.admin", "73"),
        ("staff.authorized.institution", "14"), ("staff.actual.institution", "13"),
    }  # fmt: skip
    shares = reading_of(
        ["基本支出情况表"],
        [
            ["支出类别", "2023年", "<", "2022年金额（万元）"],
            ["^", "金额（万元）", "占基本支出%", "^"],
            ["人员经费小计", "2,716.35", "89.09", "2,634.80"],
        ],
    )
    assert ("share", "89.09", "人员经费 / 基本支出") in {
        (f.concept, f.value, f.subject) for f in shares.facts
    }


def test_names_stand_behind_two_levels_of_groups() -> None:
    reading = reading_of(
        ["项目支出绩效自评表"],
        [
            ["指标类型", "指标内容", "绩效指标", "预期目标值", "实际达到值", "权重", "自评分"],
            ["成本", "经济成本", "亩均补助标准", "≤30元", "29.6元", "20", "20"],
            ["产出", "数量", "作业面积", "≥8.5万亩", "8.62万亩", "50", "48"],
            ["效益", "生态效益", "农药减少率", "≥3%", "3.4%", "30", "30"],
        ],
    )
    (form,) = reading.indicator_tables
    assert [(row.group, row.subgroup, row.name) for row in form.rows] == [
        ("成本", "经济成本", "亩均补助标准"), ("产出", "数量", "作业面积"), ("效益", "生态效益", "农药减少率"),
    ]  # fmt: skip


def test_a_years_budget_before_what_it_was_adjusted_to() -> None:
    reading = reading_of(
        ["项目支出绩效自评表", "项目名称：校舍维修项目"],
        [
            ["年度预算数", "年中调整", "调整后预算数", "执行数", "执行率", "分值", "得分"],
            ["120.00", "-55.50", "64.50", "64.50", "100.00%", "10", "10"],
        ],
    )
    told = [(f.concept, f.value, f.stage) for f in reading.facts if f.concept.startswith("project.budget")]
    assert told == [("project.budget", "1200000", "initial"), ("project.budget", "645000", "adjusted")]


def test_a_change_between_two_years_and_blocks_with_a_label_beside() -> None:
    changed = reading_of(
        ["支出决算情况表"],
        [
            ["科目", "2021年决算", "2022年决算", "2023年决算", "2023较2022（%）"],
            ["一、基本支出", "1,024.38", "1,061.90", "1,097.26", "3.33%"],
        ],
    )
    assert ("change.rate", "3.33", "spending.basic") in {
        (f.concept, f.value, f.subject) for f in changed.facts
    }
    block = reading_of(
        ["部门基本情况表"],
        [
            ["收支（万元）", "年初结转结余", "本年收入", "本年支出", "年末结转结余"],
            ["^", "38.40", "4,915.20", "4,862.35", "91.25"],
        ],
    )
    assert {(f.concept, f.value) for f in block.facts} == {
        ("carryover.opening", "384000"), ("income.total", "49152000"),
        ("spending.total", "48623500"), ("carryover.closing", "912500"),
    }  # fmt: skip


def test_units_rows_and_their_sum_by_halves() -> None:
    reading = reading_of(
        ["（二）支出情况"],
        [
            ["预算单位", "支出合计", "基本支出", "项目支出"],
            ["局本级", "860.40", "216.37", "644.03"],
            ["合　计", "1,122.18", "456.03", "666.15"],
        ],
    )
    assert {(f.concept, f.value) for f in reading.facts} == {
        ("spending.total", "11221800"), ("spending.basic", "4560300"), ("spending.project", "6661500"),
    }  # fmt: skip


def test_points_ahead_of_their_rows_and_in_the_cells_of_groups() -> None:
    ahead = reading_of(
        ["部门整体支出绩效评分表"],
        [
            ["一级指标", "二级指标", "三级指标", "评分标准", "分值", "得分"],
            ["投入", "小计", "<", "<", "20", "19.5"],
            ["^", "目标管理", "目标合理性", "与职能相符", "10", "10"],
            ["^", "预算编制", "编制完整性", "收支全部纳入", "10", "9.5"],
            ["产出", "小计", "<", "<", "80", "78"],
            ["^", "数量", "补助发放", "应发尽发", "40", "40"],
            ["^", "时效", "发放及时", "按月发放", "40", "38"],
        ],
    )
    assert [(f.subject, f.value) for f in ahead.facts if f.concept == "score.group"] == [
        ("投入", "19.5"), ("产出", "78"),
    ]  # fmt: skip
    inside = reading_of(
        ["部门整体支出绩效评分表"],
        [
            ["绩效指标", "<", "<", "年度指标值", "<", "自评得分", "<", "<"],
            ["一级指标", "二级指标", "三级指标", "目标", "实际", "分值", "得分", "得分率"],
            [
                "管理指标\n（20分，得19.27分）",
                "预算执行",
                "预算执行率",
                "≥95%",
                "92.74%",
                "10",
                "9.27",
                "92.7%",
            ],
            ["^", "资产管理", "账实相符率", "100%", "100%", "10", "10", "100%"],
            [
                "产出指标\n（满分80分）\n得分：78分",
                "数量指标",
                "改造泊位",
                "≥85个",
                "61个",
                "80",
                "78",
                "97.5%",
            ],
        ],
    )
    groups = [(f.subject, f.value, f.evidence.text) for f in inside.facts if f.concept == "score.group"]
    assert groups == [("管理指标", "19.27", "19.27分"), ("产出指标", "78", "78分")]
    (form,) = inside.indicator_tables
    assert [(row.weight, row.score) for row in form.rows] == [(10, Decimal("9.27")), (10, 10), (80, 78)]


def test_amounts_behind_their_labels_in_a_forms_cells() -> None:
    reading = reading_of(
        ["2023年度项目绩效自评表", "单位：万元"],
        [
            ["项目名称", "公路养护项目", "<", "实施单位", "青河县交通局"],
            [
                "预算执行情况（万元）",
                "预算安排情况（调整后）",
                "资金到位情况",
                "资金执行情况",
                "预算执行进度",
            ],
            ["^", "预算数：335.60", "到位数：335.60", "执行数：329.59", "98.21%"],
            ["^", "其中：财政资金：335.60", "其中：财政资金：335.60", "其中：财政资金：329.59", "^"],
        ],
    )
    told = {(f.concept, f.value, f.stage, f.evidence.text) for f in reading.facts}
    assert told == {
        ("project.budget", "3356000", "adjusted", "335.60"), ("project.spending", "3295900", None, "329.59"),
        ("project.rate", "98.21", None, "98.21%"),
    }  # fmt: skip


def test_the_unit_at_the_end_of_a_long_paragraph_is_the_tables() -> None:
    said = (
        "截至年末，支出67,913,582.40元，占预算的99.26%，"
        + "其余由县财政收回，" * 6
        + "使用明细如下（单位：元）："
    )
    reading = reading_of(
        [said], [["支出内容", "预算数", "支出数"], ["基础养老金补助", "61,500,000.00", "61,448,210.00"]]
    )
    assert [f.value for f in reading.facts] == ["61500000", "61448210"]


def test_symbol_number_and_unit_of_a_target_apart() -> None:
    reading = reading_of(
        ["转移支付绩效自评表"],
        [
            [
                "一级指标",
                "二级指标",
                "三级指标",
                "指标性质",
                "符号",
                "数值",
                "单位",
                "本年完成值",
                "分值",
                "得分",
            ],
            ["产出指标", "数量指标", "示范面积", "定量", "≥", "8000", "亩", "8200", "50", "50"],
            ["效益指标", "生态效益", "化肥使用量", "定性", "/", "持续减少", "/", "减少1.7%", "50", "50"],
        ],
    )
    (form,) = reading.indicator_tables
    assert [(row.target, row.actual) for row in form.rows] == [("≥8000亩", "8200"), ("持续减少", "减少1.7%")]
