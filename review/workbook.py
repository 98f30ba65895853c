"""Workbooks: 汇总表 with one row a department, and the list of findings. Texts are written as texts:
nothing that a report says becomes a formula, a link or a number."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from review.words import KINDS, SEVERITIES, STATUSES, moment, rule_name
from schema.rules.table import RULES
from storage.records import DepartmentYear, Flag, FlagFilter
from storage.store import Store

#: XML holds none of these, and Excel refuses the file
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BATCH = 1000
#: findings in one file: a person reads no more, and a workbook of a million is gigabytes
MOST_FLAGS = 100_000
#: points of a line of text
LINE = 15.0

Column = tuple[str, str, int]  # title, format, width
FIGURES: tuple[tuple[str, str, str], ...] = (
    ("收入合计（万元）", "income.total", "money"), ("预算总额（万元）", "budget.total", "money"),
    ("其中：基本支出预算", "budget.basic", "money"), ("项目支出预算", "budget.project", "money"),
    ("支出总额（万元）", "spending.total", "money"), ("其中：基本支出", "spending.basic", "money"),
    ("项目支出", "spending.project", "money"), ("三公经费（万元）", "three_public.spending", "money"),
    ("整体执行率（%）", "rate.total", "number"), ("基本支出执行率（%）", "rate.basic", "number"),
    ("项目支出执行率（%）", "rate.project", "number"), ("自评得分", "score.total", "number"),
    ("编制数", "staff.authorized", "whole"), ("实有人数", "staff.actual", "whole"),
)  # fmt: skip
COUNTS = (("错误", "errors"), ("疑点", "warnings"), ("提示", "notices"), ("待核", "open_flags"),
          ("属实", "confirmed_flags"), ("排除", "dismissed_flags"))  # fmt: skip


def clean(text: object) -> str:
    """A text that a cell can hold."""
    return CONTROLS.sub("", str(text))[:32000]


def every_report(
    store: Store, departments: Sequence[str] = (), years: Sequence[int] = ()
) -> Iterator[DepartmentYear]:
    offset = 0
    while rows := store.reports(departments, years, limit=BATCH, offset=offset).rows:
        yield from rows
        offset += BATCH


class TooMuch(ValueError):
    """More than one file should hold: the message is one Chinese sentence."""


def every_flag(store: Store, wanted: FlagFilter, most: int = MOST_FLAGS) -> Iterator[Flag]:
    """All that match, in the order of their severity. Raises TooMuch."""
    first = store.flags(wanted, limit=1)
    total = first.total
    if first.cut:
        raise TooMuch("含这些字的问题太多，列不全，请再加筛选条件后导出")
    if total > most:
        raise TooMuch(f"筛出的问题有{total:,}条，一个文件最多{most:,}条，请再加筛选条件，分几次导出")
    offset = 0
    while offset < total and (rows := store.flags(wanted, limit=BATCH, offset=offset).rows):
        yield from rows
        offset += BATCH


def _lines(value: object, column: Column) -> int:
    """Lines that a value takes in its column; a Chinese character is two wide.

    >>> _lines("预算总额" * 4, ("", "wrap", 16)), _lines("预算总额" * 4, ("", "text", 16)), _lines(None, ("", "wrap", 9))
    (3, 1, 1)
    """
    _, kind, width = column
    if kind != "wrap" or not isinstance(value, str):
        return 1
    wide = (sum(1 if ord(letter) < 0x2000 else 2 for letter in line) for line in value.split("\n"))
    return sum(max(1, -(-one // (width - 2))) for one in wide)


class Book:
    """A workbook in memory with the formats of a bureau's papers."""

    def __init__(self) -> None:
        self._sink = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                   "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
        self.book = xlsxwriter.Workbook(self._sink, options)
        base = {
            "font_name": "宋体",
            "font_size": 11,
            "border": 1,
            "border_color": "#BFBFBF",
            "valign": "vcenter",
        }
        make = self.book.add_format
        self.formats = {
            "title": make({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}),
            "note": make({"font_name": "宋体", "font_size": 10, "font_color": "#595959"}),
            "head": make({**base, "bold": True, "bg_color": "#F2F2F2", "align": "center", "text_wrap": True}),
            "text": make(base), "wrap": make({**base, "text_wrap": True}),
            "money": make({**base, "num_format": "#,##0.00"}), "number": make({**base, "num_format": "0.00"}),
            "whole": make({**base, "num_format": "0"}), "centre": make({**base, "align": "center"}),
        }  # fmt: skip

    def sheet(
        self, name: str, title: str, note: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
    ) -> tuple[Any, int]:
        """A sheet with a title, a frozen header with filters, and rows; gives it and the number of rows."""
        sheet = self.book.add_worksheet(name)
        last = len(columns) - 1
        sheet.merge_range(0, 0, 0, last, title, self.formats["title"])
        sheet.write_string(1, 0, note, self.formats["note"])
        sheet.set_default_row(LINE + 4)
        sheet.set_row(0, 30)
        sheet.set_row(2, 32)
        for at, (head, _, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(2, at, head, self.formats["head"])
        count = 0
        for count, row in enumerate(rows, 1):
            lines = max(_lines(value, columns[at]) for at, value in enumerate(row))
            if lines > 1:  # Excel makes room for wrapped text by itself, WPS and LibreOffice do not
                sheet.set_row(count + 2, LINE * lines + 4)
            for at, value in enumerate(row):
                self._cell(sheet, count + 2, at, value, columns[at][1])
        sheet.autofilter(2, 0, max(count + 2, 3), last)
        sheet.freeze_panes(3, 2)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet, count

    def _cell(self, sheet: Any, row: int, col: int, value: Any, kind: str) -> None:
        form = self.formats[kind]
        if value is None or value == "":
            sheet.write_blank(row, col, None, form)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, col, value, form)  # Excel itself keeps 15 digits
        else:
            sheet.write_string(row, col, clean(value), form)

    def data(self) -> bytes:
        self.book.close()
        return self._sink.getvalue()


def summary_workbook(store: Store, departments: Sequence[str] = (), years: Sequence[int] = ()) -> bytes:
    """汇总表.xlsx: one row a department and year, a chart, and the rules that were applied."""
    book = Book()
    columns: list[Column] = [("部门", "text", 30), ("年度", "whole", 8)]
    columns += [(head, kind, 13) for head, _, kind in FIGURES]
    columns += [
        ("自评等级", "centre", 9),
        *((head, "whole", 7) for head, _ in COUNTS),
        ("审核情况", "text", 12),
    ]
    sheet, count = book.sheet(
        "汇总表", "部门整体支出绩效自评汇总表", f"单位：万元、%、分、人；生成时间：{moment(datetime.now().astimezone())}",
        columns, (_summary_row(row) for row in every_report(store, departments, years)),
    )  # fmt: skip
    if count:
        _chart(book, sheet, min(count, 30))
    rules = (
        (rule.zh, SEVERITIES.get(rule.severity, ""), rule.meaning, rule.clause, rule.id) for rule in RULES
    )
    heads: list[Column] = [
        ("规则", "text", 20),
        ("级别", "centre", 8),
        ("什么情况下提出", "wrap", 60),
        ("依据", "wrap", 60),
        ("代码", "text", 24),
    ]
    book.sheet("规则", "核对规则", "每条规则的结论：相符、不符，或缺少数据而未核对", heads, rules)
    return book.data()


def _summary_row(row: DepartmentYear) -> list[Any]:
    figures = [
        value / 10000 if value is not None and kind == "money" else value
        for _, concept, kind in FIGURES
        for value in (row.figures.get(concept),)
    ]
    counts = [getattr(row, field) for _, field in COUNTS]
    if not row.errors + row.warnings + row.notices:
        verdict = "未发现问题"
    elif row.open_flags:
        verdict = f"待核{row.open_flags}条"
    else:
        verdict = "需更正" if row.confirmed_flags else "审核通过"
    return [row.department or "（部门不明）", row.fiscal_year, *figures, row.rating, *counts, verdict]


def _chart(book: Book, sheet: Any, count: int) -> None:
    chart = book.book.add_chart({"type": "column"})
    for col in (3, 6):
        chart.add_series({
            "name": ["汇总表", 2, col], "categories": ["汇总表", 3, 0, count + 2, 0],
            "values": ["汇总表", 3, col, count + 2, col],
        })  # fmt: skip
    chart.set_title({"name": "预算与支出（万元）" if count < 30 else "预算与支出（前30个部门，万元）"})
    chart.set_legend({"position": "bottom"})
    page = book.book.add_worksheet("图表")
    chart.set_size({"width": 1100, "height": 480})
    page.insert_chart("B2", chart)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 1)


FLAG_COLUMNS: tuple[Column, ...] = (
    ("编号", "whole", 8), ("部门", "text", 28), ("年度", "whole", 8), ("级别", "centre", 8), ("规则", "text", 18),
    ("问题", "wrap", 60), ("写明", "text", 16), ("应为", "text", 16), ("依据", "wrap", 36), ("文件", "text", 28),
    ("文件类型", "text", 16), ("页", "whole", 6), ("状态", "centre", 8), ("审核人", "text", 10),
    ("审核时间", "text", 16), ("说明", "wrap", 30),
)  # fmt: skip


def flag_cells(flag: Flag) -> list[Any]:
    """One finding under FLAG_COLUMNS."""
    return [
        flag.id, flag.department, flag.fiscal_year, SEVERITIES[flag.severity], rule_name(flag.rule), flag.message,
        flag.stated, flag.expected, flag.clause, flag.file, KINDS.get(flag.document_kind, ""), flag.page,
        STATUSES[flag.status], flag.reviewer, moment(flag.reviewed_at), flag.comment,
    ]  # fmt: skip


def flags_workbook(store: Store, wanted: FlagFilter) -> bytes:
    """Exactly the findings that the filter asks for."""
    book = Book()
    note = f"生成时间：{moment(datetime.now().astimezone())}"
    book.sheet("问题", "绩效自评报告问题清单", note, FLAG_COLUMNS, map(flag_cells, every_flag(store, wanted)))
    return book.data()
