"""Spreadsheets (.xlsx, .xls, .et, .ods): each sheet one table, each cell as the sheet shows it.

python-calamine reads values, spans and visibility of every format; what a value looks like (97.23% for
0.9723) is in the number formats, which openpyxl and xlrd give.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from extractors.readers.formats import shown
from schema.document import Block, Cell, Document, Ledger, Loss, Source, Table
from schema.errors import NotReadable

MAX_ROWS, MAX_COLS, MAX_CELLS = 5_000, 200, 200_000
#: what a workbook's parts may inflate to: reading takes about four times as much
MAX_INFLATED = 128 << 20

Value = int | float | str | bool | date | datetime | time | timedelta
#: the number format of (sheet's name, row, col), 0-based; "General" where it has none
Formats = Callable[[str, int, int], str]


def read_sheets(data: bytes, source: Source) -> Document:
    """A workbook as a Document of tables. Raises NotReadable where it is encrypted, broken or huge."""
    if (size := _inflated(data)) > MAX_INFLATED:
        raise NotReadable(
            "too_large",
            f"“{source.name}”解压后有{size >> 20}MB，超过{MAX_INFLATED >> 20}MB的上限，拒绝读取。",
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise NotReadable("encrypted", f"“{source.name}”有密码，请解密后重新报送。") from None
    except (CalamineError, OSError, ValueError) as error:
        raise NotReadable("corrupt", f"“{source.name}”无法作为电子表格打开，文件可能已损坏。") from error
    formats = _formats(data)
    blocks: list[Block] = []
    tables: list[Table] = []
    losses: list[Loss] = []
    for meta in book.sheets_metadata:
        try:
            sheet = book.get_sheet_by_name(meta.name)
        except (CalamineError, ValueError):
            losses.append(Loss(meta.name, "不是数据表（如图表页），未读取", 0))
            continue
        hidden = meta.visible is not SheetVisibleEnum.Visible
        if hidden:
            losses.append(Loss(meta.name, "隐藏的工作表，已读取但不参与核对", 0))
        if table := _read_sheet(sheet, hidden, len(tables), blocks, formats, losses):
            tables.append(table)
    read = sum(len("".join(block.text.split())) for block in blocks)
    if not read:
        raise NotReadable("no_text", f"“{source.name}”里没有任何内容。")
    in_file = read + sum(loss.characters for loss in losses)
    return Document(
        replace(source, reader="sheets"),
        tuple(blocks),
        tuple(tables),
        Ledger(in_file, read, tuple(losses)),
    )


def _inflated(data: bytes) -> int:
    """The bytes that the parts of a zipped workbook inflate to, pictures aside; 0 for the other kinds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(info.file_size for info in archive.infolist() if "media/" not in info.filename)
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def _read_sheet(
    sheet: CalamineSheet,
    hidden: bool,
    index: int,
    blocks: list[Block],
    formats: Formats,
    losses: list[Loss],
) -> Table | None:
    values: list[list[Value]] = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    used_rows = [at for at, row in enumerate(values) if any(value != "" for value in row)]
    if not used_rows:
        return None
    rows = used_rows[-1] + 1
    cols = max(at + 1 for row in values[:rows] for at, value in enumerate(row) if value != "")
    beyond = sheet.total_height - MAX_ROWS
    if beyond > 0 or cols > MAX_COLS or rows * min(cols, MAX_COLS) > MAX_CELLS:
        rows = min(rows, MAX_CELLS // min(cols, MAX_COLS))
        losses.append(Loss(sheet.name, f"工作表过大，只读取了前{rows}行、前{min(cols, MAX_COLS)}列", 0))
        cols = min(cols, MAX_COLS)
    spans = _spans(sheet, rows, cols)
    covered = {
        (r, c)
        for (top, left), (height, width) in spans.items()
        for r in range(top, top + height)
        for c in range(left, left + width)
    }
    cells = []
    for row in range(rows):
        for col in range(cols):
            if (row, col) in covered and (row, col) not in spans:
                continue
            value = values[row][col] if col < len(values[row]) else ""
            text = shown(value, formats(sheet.name, row, col))
            height, width = spans.get((row, col), (1, 1))
            cells.append(Cell(row, col, height, width, len(blocks)))
            blocks.append(Block(len(blocks), "cell", text, table=index, row=row, col=col, hidden=hidden))
    return Table(index, rows, cols, tuple(cells), name=sheet.name, hidden=hidden)


def _spans(sheet: CalamineSheet, rows: int, cols: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Merged ranges as upper left position -> (rows, cols), cut to what was read."""
    spans = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < rows and left < cols:
            spans[top, left] = (min(bottom, rows - 1) - top + 1, min(right, cols - 1) - left + 1)
    return spans


def _formats(data: bytes) -> Formats:
    """Where number formats cannot be read, values are shown plainly: a wrong look is no wrong figure."""
    found: dict[tuple[str, int, int], str] = {}
    # the two libraries fail in many ways on files that WPS writes and calamine reads well
    with suppress(Exception):
        found = _xlsx_formats(data) if data.startswith(b"PK") else _xls_formats(data)
    return lambda sheet, row, col: found.get((sheet, row, col), "General")


def _xlsx_formats(data: bytes) -> dict[tuple[str, int, int], str]:
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that do not concern us
        book = load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.row - 1, cell.column - 1): cell.number_format
        for sheet in book.worksheets
        for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLS)
        for cell in row
        if isinstance(cell.value, int | float) and cell.number_format != "General"
    }


def _xls_formats(data: bytes) -> dict[tuple[str, int, int], str]:
    import xlrd

    book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    found = {}
    for sheet in book.sheets():
        for row in range(min(sheet.nrows, MAX_ROWS)):
            for col in range(min(sheet.row_len(row), MAX_COLS)):
                if sheet.cell_type(row, col) in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    style = book.xf_list[sheet.cell_xf_index(row, col)]
                    found[sheet.name, row, col] = book.format_map[style.format_key].format_str
    return found
