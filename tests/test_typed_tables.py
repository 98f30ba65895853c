"""Tables typed as lines become tables; lines that are none stay text."""

from __future__ import annotations

import pytest

from extractors.readers.assembly import Assembly
from extractors.readers.text import read_text
from schema.document import Cell, Document, Source

SOURCE = Source("样本.docx", "0" * 64, "text/plain", "test")


def typed(*lines: str) -> Document:
    """A document of these paragraphs, and of a table of one cell behind them."""
    assembly = Assembly()
    for line in lines:
        assembly.add("paragraph", line)
    index = assembly.open_table()
    block = assembly.add("cell", "合计", table=index, row=0, col=0)
    assembly.close_table(index, 1, 1, [Cell(0, 0, 1, 1, block)])
    assembly.add("paragraph", "以上。")
    return assembly.document(SOURCE, 0)


@pytest.mark.parametrize("gap", ["\t", "　　　", "    ", " \t "])
def test_lines_of_labels_and_figures_are_a_table(gap: str) -> None:
    rows = [
        ["支出类别", "全年预算数", "全年执行数", "执行率"],
        ["基本支出", "392.00", "388.15", "99.02%"],
        ["项目支出", "606.00", "—", "61.68%"],
    ]
    made = typed("执行数如下：", *(gap.join(row) for row in rows))
    table = made.tables[0]
    assert (table.rows, table.cols) == (3, 4)
    assert [[made.cell_text(0, row, col) for col in range(4)] for row in range(3)] == rows
    assert [block.text for block in made.blocks if block.kind == "paragraph"] == ["执行数如下：", "以上。"]
    assert [block.index for block in made.blocks] == list(range(len(made.blocks)))


def test_one_line_of_four_figures_below_its_labels_is_a_table() -> None:
    rows = [
        ["资金名称", "年初预算", "全年预算", "实际支出", "执行率"],
        ["黑土地保护", "2,400.00", "2,520.00", "2,466.85", "97.89%"],
    ]
    made = typed(*("\t".join(row) for row in rows))
    assert [[made.cell_text(0, row, col) for col in range(5)] for row in range(2)] == rows


def test_a_table_behind_it_keeps_its_cells() -> None:
    made = typed("类别\t编制数\t在岗数", "行政\t8\t8", "事业\t16\t14")
    assert [table.index for table in made.tables] == [0, 1]
    assert made.cell_text(1, 0, 0) == "合计"
    assert made.blocks[made.tables[1].cells[0].block].table == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("填表人：王某　　　复核：李某　　　电话：0766-7725813", "科长　　　张某　　　2024"),
        ("单位负责人　　　财务负责人　　　填表人", "张某　　　李某　　　王某", "赵某　　　钱某　　　孙某"),
        ("项目\t预算\t支出", "甲项目\t10.00\t9.00"),
        ("项目\t预算\t支出", "甲项目\t10.00\t9.00", "乙项目\t20.00"),
        ("一、概况\t预算\t1", "甲\t2\t3", "乙\t4\t5"),
        ("项目\t年初\t全年\t支出\t执行率", "甲项目\t10.00\t待定\t9.00\t90%"),
        ("项目\t预算\t支出", "甲项目，重点\t10.00\t9.00", "乙项目。\t20.00\t19.00"),
    ],
)
def test_other_lines_stay_text(lines: tuple[str, ...]) -> None:
    made = typed(*lines)
    assert [block.text for block in made.blocks if block.kind == "paragraph"] == [*lines, "以上。"]
    assert len(made.tables) == 1


def test_the_characters_of_a_page_keep_their_places() -> None:
    lines = ("类别　　编制数　　在岗数", "行政　　 8　　8", "事业　　16　　14")
    assembly = Assembly()
    for line in lines:
        boxes = tuple((float(at), 0.0, at + 1.0, 1.0) for at in range(len(line)))
        assembly.add("paragraph", line, page=1, boxes=boxes, confidences=(0.9,) * len(line))
    made = assembly.document(SOURCE, 0)
    for block in made.blocks:
        assert block.kind == "cell"
        assert len(block.boxes) == len(block.confidences) == len(block.text)
    count = next(block for block in made.blocks if block.text == "8")
    assert count.boxes == ((5.0, 0.0, 6.0, 1.0),)
    assert made.tables[0].page == 1


DRAWINGS = {
    "between all rows": """
        ┌────┬────┬────┐
        │类别│预算│决算│
        ├────┼────┼────┤
        │基本│3419│3526│
        ├────┼────┼────┤
        │项目│1450│1510│
        └────┴────┴────┘""",
    "below the head only": """
        ┏━━━━━━━━┳━━━━━━━━┳━━━━━━┓
        ┃  类别  ┃  预算  ┃ 决算 ┃
        ┣━━━━━━━━╋━━━━━━━━╋━━━━━━┫
        ┃  基本  ┃  3419  ┃ 3526 ┃
        ┃  项目  ┃  1450  ┃ 1510 ┃
        ┗━━━━━━━━┻━━━━━━━━┻━━━━━━┛""",
    "of a keyboard": """
        +------+------+------+
        | 类别 | 预算 | 决算 |
        +======+======+======+
        | 基本 | 3419 | 3526 |
        +------+------+------+
        | 项目 | 1450 | 1510 |
        +------+------+------+""",
    "that do not stand below each other": """
        |类别|预算|决算|
        |:--|--:|--:|
        |基本|3419|3526|
        |项目|1450|1510|""",
    "by spaces": """
        类别      预算      决算
        基本      3419      3526
        项目      1450      1510""",
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_tables_drawn_in_plain_text(drawing: str) -> None:
    made = read_text(f"一、支出情况\n{drawing}\n\n以上单位为万元。".encode(), SOURCE)
    assert [[made.cell_text(0, row, col) for col in range(3)] for row in range(3)] == [
        ["类别", "预算", "决算"],
        ["基本", "3419", "3526"],
        ["项目", "1450", "1510"],
    ]
    assert [block.text for block in made.blocks if block.kind == "paragraph"] == [
        "一、支出情况",
        "以上单位为万元。",
    ]
    assert not made.ledger.losses


def test_a_drawn_cell_over_several_rows_and_wrapped_words() -> None:
    drawing = """
        ┌────────┬────────────┬────┐
        │产出指标│改造学校数  │9所 │
        │        ├────────────┼────┤
        │        │安装热水机组│27台│
        │        │台数        │    │
        ├────────┴────────────┼────┤
        │总分                 │100 │
        └─────────────────────┴────┘"""
    made = read_text(drawing.encode(), SOURCE)
    grid = made.tables[0]
    assert [
        (cell.rowspan, cell.colspan, made.blocks[cell.block].text)
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.col))
    ] == [
        (2, 1, "产出指标"),
        (1, 1, "改造学校数"),
        (1, 1, "9所"),
        (1, 1, "安装热水机组台数"),
        (1, 1, "27台"),
        (1, 2, "总分"),
        (1, 1, "100"),
    ]
