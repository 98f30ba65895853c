"""The exports as downloads."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review.access import REVIEWER, VIEWER
from review.answering import Settings, pairs_in, store_of
from review.factfiles import harmless, write_facts
from review.flags import filter_of
from review.letters import NotATemplate, opinion_letters
from review.workbook import FLAG_COLUMNS, every_flag, flag_cells, flags_workbook, summary_workbook
from storage.records import Missing

ROUTER = APIRouter(prefix="/export", include_in_schema=False)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(request: Request, data: bytes, name: str, kind: str) -> Response:
    store_of(request).record(request.state.user.name, "export", name, {"query": request.url.query[:500]})
    return Response(
        data, media_type=kind, headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


@ROUTER.get("/flags.xlsx", dependencies=[VIEWER])
def flags_xlsx(request: Request) -> Response:
    """Exactly what is filtered."""
    return _file(
        request, flags_workbook(store_of(request), filter_of(pairs_in(request))), "问题清单.xlsx", XLSX
    )


@ROUTER.get("/flags.csv", dependencies=[VIEWER])
def flags_csv(request: Request) -> Response:
    """Exactly what is filtered."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow([title for title, _, _ in FLAG_COLUMNS])
    for flag in every_flag(store_of(request), filter_of(pairs_in(request))):
        writer.writerow([harmless(value) for value in flag_cells(flag)])
    return _file(request, sink.getvalue().encode("utf-8-sig"), "问题清单.csv", "text/csv; charset=utf-8")


@ROUTER.get("/summary.xlsx", dependencies=[VIEWER])
def summary(request: Request) -> Response:
    wanted = filter_of(pairs_in(request))
    return _file(
        request, summary_workbook(store_of(request), wanted.departments, wanted.years), "汇总表.xlsx", XLSX
    )


@ROUTER.get("/opinions.zip", dependencies=[REVIEWER])
def opinions(request: Request) -> Response:
    wanted = filter_of(pairs_in(request))
    settings: Settings = request.app.state.settings
    try:
        data, count = opinion_letters(store_of(request), settings.home, wanted.departments, wanted.years)
    except NotATemplate as error:
        raise Missing(str(error)) from error
    if not count:
        raise Missing("还没有定为属实的问题，没有意见书可出")
    return _file(request, data, "审核意见书.zip", "application/zip")


@ROUTER.get("/facts.{form}", dependencies=[VIEWER])
def facts(request: Request, form: Literal["csv", "jsonl", "parquet"]) -> Response:
    with tempfile.TemporaryDirectory(prefix="jihe-") as folder:
        path = Path(folder) / "facts"
        write_facts(store_of(request), path, form)
        return _file(request, path.read_bytes(), f"数据.{form}", "application/octet-stream")
