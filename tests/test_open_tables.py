"""Tables without upright rules, or without any: what is one, its rows, its columns, its cells; numbers of lines."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.readers.furniture import numbers_of_lines
from extractors.readers.glyphs import Glyph, Glyphs, Stroke
from extractors.readers.lines import wide
from extractors.readers.open_tables import open_tables, opened
from extractors.readers.pages import compose, lay_out
from extractors.readers.ruled import find_tables
from schema.document import Document, Source

SOURCE = Source("sample.pdf", "0" * 64, "application/pdf", "pdf")
SIZE = 10.0
Print = tuple[float, float, str]


def printed(lines: Iterable[Print]) -> Glyphs:
    """Lines of ten points, each from its left end and its top."""
    glyphs: list[Glyph] = []
    for x, top, text in lines:
        for char in text:
            width = SIZE if wide(char) else SIZE / 2
            glyphs.append(Glyph(char, x, top, x + width, top + SIZE, SIZE))
            x += width
    return Glyphs.of(glyphs)


def rule(top: float, x0: float = 50, x1: float = 450) -> Stroke:
    return Stroke(x0, top, x1, top)


def read(lines: Iterable[Print], rules: list[Stroke]) -> Document:
    glyphs = printed(lines)
    page = lay_out(1, glyphs, open_tables(rules, glyphs, []), (500, 700), (500, 700))
    return compose([page], SOURCE)


def cells(document: Document) -> list[list[str]]:
    (table,) = document.tables
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        span = f"[{cell.rowspan}×{cell.colspan}]" if cell.rowspan * cell.colspan > 1 else ""
        rows[cell.row].append(document.blocks[cell.block].text + span)
    return rows


def row(top: float, *texts: str, at: tuple[float, ...] = (60, 180, 260, 340)) -> list[Print]:
    return [(x, top, text) for x, text in zip(at, texts, strict=False) if text]


#: above a table, that its page does not begin with it
ABOVE = [(50, 40, "各场馆资金的分配和支出情况见下表，其中县美术馆含三个分馆。")]


def test_a_table_of_three_rules_has_a_row_for_each_line_that_fills_columns() -> None:
    lines = [
        *ABOVE,
        *row(104, "场馆", "分配数", "支出数", "用途"),
        *row(124, "县文化馆", "96.00", "93.52", "公益培训"),
        *row(144, "县图书馆", "88.60", "85.10", "图书更新"),
        *row(156, "", "", "", "和流动服务"),
        *row(180, "合计", "184.60", "178.62"),
    ]
    assert cells(read(lines, [rule(100), rule(118), rule(196)])) == [
        ["场馆", "分配数", "支出数", "用途"],
        ["县文化馆", "96.00", "93.52", "公益培训"],
        ["县图书馆", "88.60", "85.10", "图书更新\n和流动服务"],
        ["合计", "184.60", "178.62", ""],
    ]


def test_a_rule_that_begins_beside_a_cell_leaves_it_whole() -> None:
    lines = [
        *ABOVE,
        *row(104, "一级指标", "三级指标", "分值", "得分"),
        *row(124, "", "开放天数", "8", "8"),
        *row(134, "产出指标"),
        *row(144, "", "培训场次", "8", "7.2"),
        *row(164, "效益指标", "服务人次", "15", "15"),
        (180, 184, "合计"),
        *row(184, "", "", "31", "30.2"),
    ]
    rules = [rule(100), rule(118), rule(138, x0=170), rule(158), rule(178), rule(198)]
    assert cells(read(lines, rules)) == [
        ["一级指标", "三级指标", "分值", "得分"],
        ["产出指标[2×1]", "开放天数", "8", "8"],
        ["培训场次", "8", "7.2"],
        ["效益指标", "服务人次", "15", "15"],
        ["", "合计", "31", "30.2"],
    ]


def test_words_over_several_columns_are_one_cell() -> None:
    lines = [
        *ABOVE,
        *row(104, "项目", "年初预算", "全年预算", "支出"),
        *row(124, "维修", "12.00", "13.00", "12.50"),
        (60, 144, "说明：年中追加的一万元用于屋面防水，已验收"),
        *row(164, "合计", "12.00", "13.00", "12.50"),
    ]
    rules = [rule(100), rule(118), rule(138), rule(158), rule(178)]
    assert cells(read(lines, rules))[2] == ["说明：年中追加的一万元用于屋面防水，已验收[1×3]", ""]


def test_prose_between_rules_is_in_no_table() -> None:
    prose = (50, 144, "上表各项支出均在预算范围内，年中没有调整，结余资金已由财政收回统筹使用。")
    lines = [
        *ABOVE,
        *row(104, "项目", "预算", "支出", "比率"),
        *row(124, "维修", "12.00", "11.00", "91.67%"),
        prose,
        *row(174, "项目", "预算", "支出", "比率"),
        *row(194, "购置", "10.00", "10.00", "100%"),
    ]
    document = read(lines, [rule(100), rule(118), rule(138), rule(170), rule(188), rule(208)])
    assert [(table.rows, table.cols) for table in document.tables] == [(2, 4), (2, 4)]
    assert prose[2] in [block.text for block in document.paragraphs()]


def test_underlines_below_each_other_are_no_table() -> None:
    lines = [
        (60, 104, "项目名称：河道保洁"),
        (60, 134, "项目单位：某县水务局"),
        (60, 164, "填报日期：2024年3月1日"),
    ]
    assert read(lines, [rule(116), rule(146), rule(176)]).tables == ()


def test_a_table_goes_on_where_its_page_begins_with_two_rules() -> None:
    total = row(104, "合计", "184.60", "178.62", "96.76%")
    assert cells(read(total, [rule(100), rule(118)])) == [["合计", "184.60", "178.62", "96.76%"]]
    assert read([*ABOVE, *total], [rule(100), rule(118)]).tables == ()


def test_cells_of_a_table_without_rules_wrap_and_its_columns_may_stand_close() -> None:
    columns = (50, 104, 200, 260, 310)
    lines = [
        *ABOVE,
        *row(100, "类别指标", "指标名称", "目标值", "实际值", "得分", at=columns),
        *row(124, "产出指标", "改造基层供销社", "≥4个", "4个", "15", at=columns),
        *row(136, "", "的数量", at=columns),
        *row(160, "效益指标", "带动农户数", "≥900户", "955户", "20", at=columns),
        *row(184, "社会评价", "社员满意度", "≥90%", "93.5%", "10", at=columns),
    ]
    assert cells(read(lines, [])) == [
        ["类别指标", "指标名称", "目标值", "实际值", "得分"],
        ["产出指标", "改造基层供销社的数量", "≥4个", "4个", "15"],
        ["效益指标", "带动农户数", "≥900户", "955户", "20"],
        ["社会评价", "社员满意度", "≥90%", "93.5%", "10"],
    ]


def test_prose_with_room_in_it_is_no_table() -> None:
    lines = [
        (50, 100, "填报人：王某      电话：0594-6013377      日期：2024年3月"),
        (50, 124, "本单位2024年支出485.32万元，预算执行率为97.82%，各项任务按期完成。"),
        (50, 148, "复核人：李某      电话：0594-6013378      日期：2024年4月"),
    ]
    assert not read(lines, []).tables


def test_a_table_in_a_lone_box_is_read_and_a_box_around_prose_dissolves() -> None:
    def boxed(lines: list[Print]) -> Document:
        sides = [rule(100), rule(200), Stroke(50, 100, 50, 200), Stroke(450, 100, 450, 200)]
        glyphs = printed([*ABOVE, *lines])
        tables = [opened(table, glyphs) for table in find_tables(sides)]
        return compose([lay_out(1, glyphs, tables, (500, 700), (500, 700))], SOURCE)

    lines = [
        *row(104, "场馆", "分配数", "支出数", "用途"),
        *row(134, "县文化馆", "96.00", "93.52", "公益培训"),
        *row(164, "县图书馆", "88.60", "85.10", "图书更新"),
    ]
    assert cells(boxed(lines)) == [
        ["场馆", "分配数", "支出数", "用途"],
        ["县文化馆", "96.00", "93.52", "公益培训"],
        ["县图书馆", "88.60", "85.10", "图书更新"],
    ]
    prose = boxed([(60, 110, "自评结论：本单位自评97.23分，等级为优，各项任务按期完成。")])
    assert not prose.tables
    assert prose.blocks[-1].text.startswith("自评结论")


def test_numbers_of_lines_stand_in_the_margin_and_count_up() -> None:
    lines = [
        (50 + 0.0, 100 + 20 * at, f"第{at}项预算{at}00.00万元，支出{at}0.50万元。") for at in range(1, 8)
    ]
    numbers = [(20.0, 100 + 20.0 * at, str(at)) for at in range(1, 8)]
    glyphs = printed([*lines, *numbers])
    found = numbers_of_lines(glyphs)
    assert "".join(glyphs.text[at] for at in found) == "1234567"
    assert not len(numbers_of_lines(printed(lines)))
    assert not len(numbers_of_lines(printed([*lines, *((x, top, "7") for x, top, _ in numbers)])))


def test_lines_of_which_none_begins_a_row_stay_text() -> None:
    lines = [
        *((x, 100, "甲乙丙") for x in (50, 250)),
        *((x, 118, "丁戊己") for x in (120, 330)),
        *((x, 136, "庚辛壬") for x in (190, 410)),
    ]
    made = read(lines, [])
    assert not made.tables
    assert (
        "".join("".join(block.text.split()) for block in made.blocks)
        == "甲乙丙甲乙丙丁戊己丁戊己庚辛壬庚辛壬"
    )
