"""Spreadsheets: what the sheet shows is what is read."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from extractors.readers.formats import shown
from extractors.readers.sheets import read_sheets
from schema.document import Document, Source
from schema.errors import NotReadable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHOWN = [
    (0.9723, "0.00%", "97.23%"),
    (0.9723, "0%", "97%"),
    (1356400, "#,##0.00", "1,356,400.00"),
    (-12.5, "#,##0.00;(#,##0.00)", "(12.50)"),
    (0, '#,##0.00;-#,##0.00;"-"', "-"),
    (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ', "1,234.50"),
    (88.0, "General", "88"),
    (0.1 + 0.2, "General", "0.3"),
    (135.645, "0.00", "135.65"),
    (7.5, "0.##", "7.5"),
    (3, '0"期"', "3期"),
    (12345678, "0.00,", "12345.68"),
    (-3.2, "0.0_);[Red](0.0)", "(3.2)"),
    (5, "@", "5"),
    (datetime(2024, 4, 30), 'yyyy"年"m"月"d"日"', "2024年4月30日"),
    (datetime(2024, 4, 1), 'yyyy"年"m"月"', "2024年4月"),
    (datetime(2024, 4, 30), "yyyy/m/d", "2024-04-30"),
    ("  文字 ", "General", "文字"),
    (True, "General", "TRUE"),
]


@pytest.mark.parametrize(("value", "number_format", "text"), SHOWN)
def test_a_value_is_shown_in_its_format(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text  # type: ignore[arg-type]


def workbook(*sheets: tuple[str, list[list[object]], list[str]], hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for span in merged:
            sheet.merge_cells(span)
        if name == hidden:
            sheet.sheet_state = "hidden"
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def read(data: bytes) -> Document:
    return read_sheets(data, Source("测试.xlsx", "0" * 64, XLSX, "sheets"))


def test_merged_cells_make_a_true_grid() -> None:
    document = read(
        workbook(("表", [["产出指标", "数量", 1], [None, "质量", 2], ["合计", None, 3]], ["A1:A2", "A3:B3"]))
    )
    table = document.tables[0]
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in table.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 2), (2, 2, 1, 1),
    ]  # fmt: skip
    assert document.cell_text(0, 1, 0) == "产出指标"


def test_every_sheet_is_a_table_and_a_hidden_one_is_named() -> None:
    document = read(
        workbook(
            ("甲项目", [["预算", 10]], []), ("草稿", [["预算", 99]], []), ("空表", [], []), hidden="草稿"
        )
    )
    assert [(t.name, t.hidden) for t in document.tables] == [("甲项目", False), ("草稿", True)]
    assert "99" not in [b.text for b in document.body()]
    assert [loss.part for loss in document.ledger.losses] == ["草稿"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"PK\x03\x04broken", "corrupt"), (workbook(("空", [], [])), "no_text")],
)
def test_a_bad_workbook_is_refused_with_its_name(data: bytes, code: str) -> None:
    with pytest.raises(NotReadable, match=r"测试\.xlsx") as refusal:
        read(data)
    assert refusal.value.code == code
