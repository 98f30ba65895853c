"""Covers of all habits: what is read from labels, titles, forms and signatures."""

from __future__ import annotations

import pytest
from documents import Grid, Paragraph, document, paragraph, table

from extractors.cover import CoverReading, read_cover
from extractors.covers import covers, is_name, name_of
from extractors.dates import find_dates
from extractors.kinds import recognise_kind
from extractors.outline import read_outline

BODY = (
    "一、部门职能",
    "负责甲。",
    "二、自评结论",
    "2023年度自评得分90分，等级为优。",
    "三、存在问题",
    "一是甲。",
)


def read(*parts: str | Paragraph | Grid) -> CoverReading:
    made = document(*parts)
    sections = read_outline(made)
    reading = read_cover(made, sections, recognise_kind(made, sections))
    for fact in reading.facts:
        evidence = fact.evidence
        assert made.blocks[evidence.block].text[evidence.start : evidence.end] == evidence.text
    return reading


def values(reading: CoverReading) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact in reading.facts:
        found.setdefault(fact.concept, fact.value)
    return found


#: the cover's lines, what is read from them
COVERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("自评单位　青河县水务局　　　　填表日期：2024年4月20日", {"department": "青河县水务局", "filed_on": "2024-04-20"}),
    ("自评单位：青河县水务局　　填表日期　2024/4/20", {"department": "青河县水务局", "filed_on": "2024-04-20"}),
    ("填报人员　王大芳　　联系电话：0752-8822912", {"preparer": "王大芳", "phone": "0752-8822912"}),
    ("填写人 卓一鸣　办公座机 0752-8822912\n写成于2024年4月12日", {"preparer": "卓一鸣", "phone": "0752-8822912", "filed_on": "2024-04-12"}),
    ("撰写人卓一鸣，联系0752-8822912\n本报告2024年4月12日完成", {"preparer": "卓一鸣", "phone": "0752-8822912", "filed_on": "2024-04-12"}),
    ("部门名称：青河县财政学会（公章）", {"department": "青河县财政学会"}),
    ("主管部门名称：青河县教育局\n实施单位名称：青河县第一中学", {"department": "青河县教育局"}),
    ("2023年度部门整体支出绩效自评报告\n青河县林业局    填报人：陈安    电话：0752-8800123", {"department": "青河县林业局", "preparer": "陈安", "phone": "0752-8800123"}),
    ("根据通知要求，青河县司法局（单位全称：青河县司法局）对本部门2023年度支出开展了自评，报告如下。", {"department": "青河县司法局"}),
    ("2023年度绩效自评报告\n（一）概况\n1.立项依据：甲。2.实施单位：青河县司法局。3.面积8亩。", {"department": "青河县司法局"}),
    ("青河县财政局2023年度部门整体支出绩效自评报告", {"department": "青河县财政局"}),
    ("青河县司法局法律援助工程\n2023年度项目支出绩效自评报告", {"department": "青河县司法局"}),
    ("2023年度项目支出绩效自评报告\n该工程由青河县司法局组织实施，覆盖6个乡镇。", {"department": "青河县司法局"}),
    ("2023年度文化馆免费开放补助项目绩效自评报告\n项目单位：青河县文化馆\n主管部门：青河县文化局", {"department": "青河县文化馆"}),
    ("耕地地力保护补贴项目绩效自评报告\n（2023年度）\n青河县农业农村局", {"department": "青河县农业农村局"}),
    ("项目单位：青河县综合行政执法局（青河县城市管理局）", {"department": "青河县综合行政执法局"}),
    ("完成时间：2024年4月2日", {"filed_on": "2024-04-02"}),
    ("附注：本报告于2024年3月29日经局党组会议审定。", {"filed_on": "2024-03-29"}),
    ("部门名称： 青河县司法局 （盖章）", {"department": "青河县司法局"}),
    ("单位名称（公章）：青河县司法局", {"department": "青河县司法局"}),
    ("填报单位(盖章)：219001-青河县司法局", {"department": "青河县司法局"}),
    ("预算单位：青河县司法局（219001）", {"department": "青河县司法局"}),
    ("预算部门名称：[219001]青河县司法局", {"department": "青河县司法局"}),
    ("填 报 单 位：青 河 县 司 法 局", {"department": "青河县司法局"}),
    ("部门名称：____青河县司法局____", {"department": "青河县司法局"}),
    ("部门名称：\n青河县司法局", {"department": "青河县司法局"}),
    ("部门（单位）名称：中共青河县委组织部", {"department": "中共青河县委组织部"}),
    ("被评价单位：青河县第一中学", {"department": "青河县第一中学"}),
    ("单位：青河县司法局        单位：万元", {"department": "青河县司法局"}),
    ("填报单位：青河县司法局    填报人：陈安    联系电话：0752-8800123", {"department": "青河县司法局", "preparer": "陈安", "phone": "0752-8800123"}),
    ("填报单位：青河县司法局填报日期：2024年3月5日", {"department": "青河县司法局", "filed_on": "2024-03-05"}),
    ("本局下辖公路中心、运输中心、执法大队3个二级机构。", {"subordinate_units": "3"}),
    ("本局下设图书馆、文化馆、体育中心三个二级机构。", {"subordinate_units": "3"}),
    ("市人社局下属二级单位5个，其中行政单位1个。", {"subordinate_units": "5"}),
    ("内设10个科室，4个下属事业单位。", {"subordinate_units": "4"}),
    ("所属2家：青河县公路中心、青河县执法大队。", {"subordinate_units": "2"}),
    ("下辖军休所、陵园管理所两家（2家）预算单位。", {"subordinate_units": "2"}),
    ("局下辖环卫中心、园林所、执法支队三家单位；编制41名。", {"subordinate_units": "3"}),
    ("现有内设机构6个，林场2个，草原站1个，合计3个基层预算单位。", {"subordinate_units": "3"}),
    ("部门名称：青河县司法局\n撰写：陈安 审核：分管局长 电话0752-8800123", {"department": "青河县司法局", "preparer": "陈安", "phone": "0752-8800123"}),
    ("承办人：陈安    0752-8800123\n一、概况", {"preparer": "陈安", "phone": "0752-8800123"}),
    ("青河县中心敬老院改扩建项目绩效自评报告（2023年度）\n主管部门：青河县民政局   实施单位：青河县中心敬老院\n一、基本情况", {"department": "青河县民政局"}),
    ("本部门无下属二级单位。", {}),
    ("下属预算单位为甲中心、乙中心、丙中心，共3家。", {"subordinate_units": "3"}),
    ("甲中心、乙站、丙馆为二级预算单位，共3家；丁协会为社团。", {"subordinate_units": "3"}),
    ("本部门共有预算单位6个，含局本级和5个下属二级预算单位。", {"subordinate_units": "5"}),
    ("纳入预算编报范围的除局机关外，有甲中心、乙院和3家卫生院，计5个单位。", {"subordinate_units": "5"}),
    ("下辖学校、幼儿园等独立核算单位23个。", {"subordinate_units": "23"}),
    ("本局帮扶困难单位3个。", {}),
    ("青河县河西街道办事处\n2023年度部门整体支出\n绩效自评报告", {"department": "青河县河西街道办事处"}),
    ("2023年度部门整体支出绩效自评报告\n（青河县公安局交通警察大队）", {"department": "青河县公安局交通警察大队"}),
    ("部门名称：青河县教育和体育局（原青河县教育局）", {"department": "青河县教育和体育局"}),
    ("预算单位编码及名称：205001-青河县第一小学校", {"department": "青河县第一小学校"}),
    ("联系人及电话：邓志强（0751-5551234）", {"preparer": "邓志强", "phone": "0751-5551234"}),
    ("填报日期：24年4月20日", {"filed_on": "2024-04-20"}),
    ("下属二级预算单位数量：0", {"subordinate_units": "0"}),
    ("下属二级预算单位数量：无", {"subordinate_units": "0"}),
    ("下属二级预算单位数量：三个", {"subordinate_units": "3"}),
    ("下属二级预算单位数量（个）：12", {"subordinate_units": "12"}),
    ("所属二级预算单位个数：两家", {"subordinate_units": "2"}),
    ("填报人：陈 安", {"preparer": "陈安"}),
    ("填报人：秦可行    联系电话：0738-6612093", {"preparer": "秦可行", "phone": "0738-6612093"}),
    ("填报人（签字）：陈安", {"preparer": "陈安"}),
    ("经办人：陈安（办公室主任）", {"preparer": "陈安"}),
    ("填报人及联系电话：陈安 13800012345", {"preparer": "陈安", "phone": "13800012345"}),
    ("联系人：陈安", {"preparer": "陈安"}),
    ("联系人：王丁\n填报人：陈安", {"preparer": "陈安"}),
    ("填报人：阿依古丽·买买提", {"preparer": "阿依古丽·买买提"}),
    ("填报人：________", {}),
    ("联系电话：8800123", {"phone": "8800123"}),
    ("联系电话：（0752）8800123", {"phone": "（0752）8800123"}),
    ("联系电话：0752—8800123（办公室）", {"phone": "0752—8800123"}),
    ("联系方式：8800 1234", {"phone": "88001234"}),
    ("报送单位：青河县司法局  填报：陈安  电话：0752―8800123", {"department": "青河县司法局", "preparer": "陈安", "phone": "0752―8800123"}),
    ("编报单位　青河县交通局　　编报人　岩坎　　联系方式　0691-2880123", {"department": "青河县交通局", "preparer": "岩坎", "phone": "0691-2880123"}),
    ("填报单位  青河县司法局   填报人  陈安   联系电话  0752 880 0123", {"department": "青河县司法局", "preparer": "陈安", "phone": "07528800123"}),
    ("【填报单位】青河县司法局\n【填报人】陈安\n【填报时间】2024年4月8日", {"department": "青河县司法局", "preparer": "陈安", "filed_on": "2024-04-08"}),
    ("部门：青河县司法局 | 填报人：陈安 | 电话：0752-8800123", {"department": "青河县司法局", "preparer": "陈安", "phone": "0752-8800123"}),
    ("预算部门：青河县司法局（部门预算代码：301001）", {"department": "青河县司法局"}),
    ("评价负责人：陈安        联系方式：0752-8800123", {"preparer": "陈安", "phone": "0752-8800123"}),
    ("编报人：陈安　编报时间：2024年4月30日", {"preparer": "陈安", "filed_on": "2024-04-30"}),
    ("填报人：陈安  2024年4月15日", {"preparer": "陈安", "filed_on": "2024-04-15"}),
    ("资金使用单位：各乡镇卫生院", {}),
    ("各科室逐项开展自评，报告于2024年3月20日报送。", {"filed_on": "2024-03-20"}),
    ("本局所辖甲中心、乙大队2家独立核算的二级机构一并纳入自评。", {"subordinate_units": "2"}),
    ("另有分局6个、监测中心1个、支队1个，后八家为二级预算单位。", {"subordinate_units": "8"}),
    ("所属财政补助二级预算单位14个，包括甲站及乙所。", {"subordinate_units": "14"}),
    ("本局下属有救助中心和社会福利院2家。编制47人。", {"subordinate_units": "2"}),
    ("本部门共有预算单位5家，含局机关。", {"subordinate_units": "5"}),
    ("纳入本次自评范围的预算单位共27个。", {"subordinate_units": "27"}),
    ("评价组对甲中心等2个下属单位开展了现场核查。", {}),
    ("联系电话：0752-8800123转802", {"phone": "0752-8800123转802"}),
    ("联系方式：138 0001 2345", {"phone": "13800012345"}),
    ("填报日期：2024.4.30", {"filed_on": "2024-04-30"}),
    ("填报日期：2024．4．5", {"filed_on": "2024-04-05"}),
    ("填报日期：2022年03月21日", {"filed_on": "2022-03-21"}),
    ("填报时间：2024 年 4 月 30 日", {"filed_on": "2024-04-30"}),
    ("完成时间：2023年11月30日前\n填报日期：2024年4月30日", {"filed_on": "2024-04-30"}),
    ("填报日期：二〇二二年四月三十日", {"filed_on": "2022-04-30"}),
    ("填报日期：二○二二年四月", {"filed_on": "2022-04"}),
    ("填报日期：2021年4月", {"filed_on": "2021-04"}),
    ("填报日期：2024/4/3", {"filed_on": "2024-04-03"}),
    ("填报日期：20240430", {"filed_on": "2024-04-30"}),
    ("填报日期：2024-04", {"filed_on": "2024-04"}),
    ("填报日期：2024年13月1日", {}),
    ("填报日期：    年  月  日", {}),
    ("2024年4月30日", {"filed_on": "2024-04-30"}),
    ("评价年度：2023年", {"fiscal_year": "2023"}),
    ("自评年度：2022", {"fiscal_year": "2022"}),
    ("青河县司法局2022年度部门整体支出绩效自评报告", {"department": "青河县司法局", "fiscal_year": "2022"}),
    ("2022年度青河县司法局部门整体支出绩效自评报告", {"department": "青河县司法局", "fiscal_year": "2022"}),
    ("关于青河县司法局2022年度部门整体支出绩效自评的报告", {"department": "青河县司法局", "fiscal_year": "2022"}),
    ("青河县司法局\n2022年度部门整体支出绩效自评报告", {"department": "青河县司法局", "fiscal_year": "2022"}),
    ("2022年度部门整体支出绩效自评报告\n青河县司法局", {"department": "青河县司法局", "fiscal_year": "2022"}),
    ("2022年度青河县智慧停车系统建设项目支出\n绩效自评报告\n青河县司法局", {"department": "青河县司法局", "fiscal_year": "2022"}),
    ("二〇二二年度青河县司法局整体支出绩效评价报告", {"department": "青河县司法局", "fiscal_year": "2022"}),
    ("2022年度部门整体支出绩效自评报告", {"fiscal_year": "2022"}),
    ("青河县司法局部门整体支出绩效自评报告", {"department": "青河县司法局"}),
    ("青河县2022年度部门整体支出绩效自评报告", {"fiscal_year": "2022"}),
    ("部门整体支出绩效自评报告\n部门名称：青河县司法局\n主管部门：青河县人民政府", {"department": "青河县司法局"}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COVERS, ids=[row[0][:24] for row in COVERS])
def test_covers(text: str, expected: dict[str, str]) -> None:
    found = values(read(*text.split("\n"), *BODY))
    if "fiscal_year" not in expected:
        assert found.pop("fiscal_year") == "2023"  # the body's own
    assert found == expected


def test_labels_in_a_table() -> None:
    reading = read(
        "部门整体支出绩效自评报告",
        table(["部门名称", "青河县司法局（公章）", "联系人及电话", "陈安 0752-8800123"], ["填报日期", "2024年4月30日", "评价年度", "2023"]),
        *BODY,
    )  # fmt: skip
    assert values(reading) == {
        "department": "青河县司法局", "preparer": "陈安", "phone": "0752-8800123", "filed_on": "2024-04-30", "fiscal_year": "2023",
    }  # fmt: skip


def test_the_head_of_a_list_is_no_label() -> None:
    todo = table(
        ["序号", "问题", "责任单位", "完成时限"], ["1", "支付偏慢", "青河县养护中心", "2024年6月30日"]
    )
    reading = read("青河县司法局2023年度部门整体支出绩效自评报告", *BODY, todo)
    assert values(reading)["department"] == "青河县司法局"


def form(chief: str, unit: str) -> CoverReading:
    rows = [
        ["项目支出绩效自评表", "<", "<", "<"], ["（2023年度）", "<", "<", "<"], ["项目名称", "培训项目", "<", "<"],
        ["主管部门", chief, "实施单位", unit], ["一级指标", "二级指标", "分值", "得分"], ["产出指标", "数量指标", "50", "50"],
        ["总分", "", "100", "98"],
    ]  # fmt: skip
    return read(table(*rows))


@pytest.mark.parametrize("unit", ["青河县图书馆", "青河县客运有限公司", "青河县文化局、各乡镇"])
def test_who_did_the_work_is_no_second_department(unit: str) -> None:
    named = [fact.text for fact in form("青河县文化局", unit).facts if fact.concept == "department"]
    assert named == ["青河县文化局"]


@pytest.mark.parametrize(
    ("chief", "unit", "expected"),
    [
        ("青河县教育局", "青河县第一中学", "青河县教育局"),
        ("219001-青河县教育局", "219001-青河县教育局", "青河县教育局"),
        ("青河县财政局", "青河县教育局", "青河县教育局"),
        ("国家有关部委", "青河县教育局", "青河县教育局"),
        ("广东省教育厅", "青河县教育局", "青河县教育局"),
        ("", "青河县教育局", "青河县教育局"),
    ],
)
def test_the_department_of_a_form(chief: str, unit: str, expected: str) -> None:
    reading = form(chief, unit)
    assert (reading.department, reading.fiscal_year) == (expected, 2023)


def test_the_signature_speaks_where_the_cover_is_silent() -> None:
    found = values(read("部门整体支出绩效自评报告", *BODY, "青河县司法局", "2024年4月30日"))
    assert (found["department"], found["filed_on"]) == ("青河县司法局", "2024-04-30")


def test_the_text_speaks_where_cover_and_signature_are_silent() -> None:
    found = read(
        "部门整体支出绩效自评报告", "一、部门职能", "青河县司法局是主管司法行政工作的县政府工作部门，负责甲。"
    )
    assert found.department == "青河县司法局"


def test_labels_below_a_heading() -> None:
    lines = (
        "一、项目基本信息",
        "实施单位：白石县司法局",
        "填报人员：乌日古木勒",
        "联系方式：0479-7330258",
        "填报时间：2024年2月28日",
    )
    told = values(read("白石县司法局2023年度绩效自评报告", *lines, *BODY))
    assert (told["preparer"], told["filed_on"]) == ("乌日古木勒", "2024-02-28")


def test_a_label_within_a_sentence_is_none() -> None:
    assert "phone" not in values(
        read(*BODY, "群众可以拨打联系电话：0752-8800123反映情况，我局将及时办理有关事项。")
    )


def test_units_of_money_are_no_department() -> None:
    assert read("部门整体支出绩效自评报告", "单位：万元", *BODY).department is None


def test_the_year_of_the_figures() -> None:
    text = "2022年部门整体支出80万元。2023年部门整体支出90万元，2023年末在编5人，比2022年增长。2024年4月起试行《2019年办法》。"
    assert read("部门整体支出绩效自评报告", "一、支出情况", text).fiscal_year == 2023


def test_a_title_left_from_another_year() -> None:
    parts = (
        "2022年度部门整体支出绩效自评报告",
        "填报日期：2024年3月1日",
        "一、支出情况",
        "2023年支出90万元，2023年末在编5人。",
    )
    reading = read(*parts)
    assert reading.fiscal_year == 2023
    assert {fact.value for fact in reading.facts if fact.concept == "fiscal_year"} == {"2022", "2023"}


def test_a_year_in_which_something_happened_is_not_the_reports_own() -> None:
    text = "全年支出90万元。省发展改革委2022年批了可研。"
    parts = ("2023年度项目支出绩效自评报告", "填报日期：2023年11月1日", "一、项目由来", text)
    assert read(*parts).fiscal_year == 2023


def test_units_that_are_told_one_by_one_are_not_counted() -> None:
    text = "下设机关一家、县监测中心一家，合并编报。"
    assert "subordinate_units" not in values(read("部门整体支出绩效自评报告", *BODY, text))


@pytest.mark.parametrize("said", ["1个，即局本级。", "1家，为我局机关。", "1个（仅部门本级）。"])
def test_the_department_alone_has_no_units_below_it(said: str) -> None:
    found = read("部门整体支出绩效自评报告", *BODY, f"纳入部门决算编报范围的单位共{said}")
    assert "subordinate_units" not in values(found)


def test_a_centred_date_after_the_title() -> None:
    found = values(read("部门整体支出绩效自评报告", paragraph("二〇二四年四月", centered=True), *BODY))
    assert found["filed_on"] == "2024-04"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青河县司法局", True),
        ("青河县人民医院（本级）", True),
        ("万元", False),
        ("青河县", False),
        ("严格按预算执行。", False),
    ],
)
def test_names(text: str, expected: bool) -> None:
    assert is_name(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青河县司法局（盖章）", "青河县司法局"), ("（公章）青河县司法局", "青河县司法局"), (" 301-青河县司法局 ", "青河县司法局"),
        ("青河县司法局      2024年", "青河县司法局"), ("____", None), ("万元", None), ("无", None),
    ],
)  # fmt: skip
def test_values_are_narrowed_to_the_name(text: str, expected: str | None) -> None:
    place = name_of(text)
    assert (text[place[0] : place[1]] if place else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年12月31日", ["2023-12-31"]), ("2023.1.5", ["2023-01-05"]), ("1.5", []), ("2023年2月30日", []), ("二〇二三年十二月一日", ["2023-12-01"]),
        ("2024.4", []), ("第2023号", []), ("1234.56.78", []), ("2023 年 1 月", ["2023-01"]),
    ],
)  # fmt: skip
def test_dates(text: str, expected: list[str]) -> None:
    assert [found.iso for found in find_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位：青河县永兴镇人民政府填表人：宋某", ["单位：", "填表人："]),
        ("填表人：雷某电话：0919-3186027", ["填表人：", "电话："]),
    ],
)
def test_labels_that_a_scan_has_glued_to_the_value_before_them(text: str, expected: list[str]) -> None:
    assert [text[label.start : label.end] for label in covers().labels(text)] == expected


def test_who_wrote_it_and_when_in_a_sentence_that_ends_the_report() -> None:
    reading = read(
        "清江县司法局2023年度部门整体支出绩效自评报告",
        *BODY,
        "附注：自评由局财务股承办，填报人 卓一鸣，电话 0752-8822912，2024年4月15日。",
    )
    found = values(reading)
    assert found["preparer"] == "卓一鸣"
    assert found["phone"] == "0752-8822912"
    assert found["filed_on"] == "2024-04-15"


def test_a_name_in_the_only_line_below_the_title_is_read_once() -> None:
    reading = read("清江县司法局2023年度部门整体支出绩效自评报告", "填报人 卓一鸣　座机 0752-8822912")
    assert [fact.value for fact in reading.facts if fact.concept == "preparer"] == ["卓一鸣"]


def test_a_township_is_named_with_its_county() -> None:
    reading = read(
        "清江县石岜镇人民政府文件",
        "石岜镇人民政府关于报送2023年度部门整体支出绩效自评报告的函",
        "现将清江县石岜镇人民政府2023年度部门整体支出绩效自评情况报告如下。",
        *BODY,
    )
    assert reading.department == "清江县石岜镇人民政府"
