"""Findings as tables that leave the house: CSV, JSON, xlsx."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from pipelines.rendering import SEVERITIES, STATUSES
from storage.records import Flag


def _moment(value: datetime | None) -> str:
    return value.astimezone().strftime("%Y-%m-%d %H:%M") if value else ""


#: heading -> what stands under it, and its width in an xlsx
COLUMNS: tuple[tuple[str, Callable[[Flag], Any], int], ...] = (
    ("编号", lambda flag: flag.id, 8),
    ("部门", lambda flag: flag.department, 26),
    ("年度", lambda flag: flag.fiscal_year, 7),
    ("级别", lambda flag: SEVERITIES[flag.severity][0], 7),
    ("规则", lambda flag: flag.rule, 22),
    ("对象", lambda flag: flag.subject, 18),
    ("问题", lambda flag: flag.message, 60),
    ("原文数", lambda flag: flag.stated, 14),
    ("应为", lambda flag: flag.expected, 14),
    ("依据", lambda flag: flag.clause, 40),
    ("页码", lambda flag: flag.page, 6),
    ("原文摘录", lambda flag: flag.excerpt, 50),
    ("状态", lambda flag: STATUSES[flag.status], 8),
    ("审核人", lambda flag: flag.reviewer, 10),
    ("审核时间", lambda flag: _moment(flag.reviewed_at), 17),
    ("审核意见", lambda flag: flag.comment, 30),
    ("文件", lambda flag: flag.file, 30),
    ("版本", lambda flag: flag.version, 6),
    ("指纹", lambda flag: flag.fingerprint, 18),
)


NUMBER = re.compile(r"[+-][\d.,]+%?")


def inert(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula: reports come from outside.

    >>> inert("=1+1"), inert("-3.5%"), inert("-cmd")
    ("'=1+1", '-3.5%', "'-cmd")
    """
    if not isinstance(value, str) or not value or value[0] not in "=+-@\t\r":
        return value
    return value if NUMBER.fullmatch(value) else f"'{value}"


def csv_lines(flags: Iterable[Flag]) -> Iterator[str]:
    """Starts with a byte order mark: without one Excel takes Chinese for another encoding."""
    rows = ([inert(read(flag)) for _, read, _ in COLUMNS] for flag in flags)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([heading for heading, _, _ in COLUMNS])
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def json_lines(flags: Iterable[Flag]) -> Iterator[str]:
    """One array, one finding a line; names as in the views."""
    mark = "["
    for flag in flags:
        yield f"{mark}\n{json.dumps(flag_json(flag), ensure_ascii=False)}"
        mark = ","
    yield "[]\n" if mark == "[" else "\n]\n"


def flag_json(flag: Flag) -> dict[str, Any]:
    return {
        "finding_id": flag.id,
        "department": flag.department,
        "fiscal_year": flag.fiscal_year,
        "rule": flag.rule,
        "severity": flag.severity,
        "subject": flag.subject,
        "message": flag.message,
        "stated": flag.stated,
        "expected": flag.expected,
        "clause": flag.clause,
        "fingerprint": flag.fingerprint,
        "evidence": list(flag.evidence),
        "calculation": flag.calculation,
        "status": flag.status,
        "reviewer": flag.reviewer,
        "reviewed_at": flag.reviewed_at.isoformat() if flag.reviewed_at else None,
        "comment": flag.comment,
        "file": flag.file,
        "document_kind": flag.document_kind,
        "version": flag.version,
    }


def write_xlsx(flags: Iterable[Flag], target: Path | BinaryIO) -> None:
    """One sheet with a frozen heading and filters. Raises OSError."""
    book = xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target,
        {"constant_memory": True, "strings_to_urls": False},
    )
    try:
        sheet = book.add_worksheet("问题清单")
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        sheet.freeze_panes(1, 0)
        for column, (heading, _, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        last = 0
        for last, flag in enumerate(flags, 1):
            for column, (_, read, _) in enumerate(COLUMNS):
                value = read(flag)
                if isinstance(value, int):
                    sheet.write_number(last, column, value)
                elif value:
                    sheet.write_string(last, column, str(value))
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    finally:
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(f"不能写入 {target}") from error
