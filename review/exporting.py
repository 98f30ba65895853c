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
from review.answering import Settings, number_in, pairs_in, store_of, year_in
from review.factfiles import harmless, write_facts
from review.flags import filter_of
from review.letters import NotATemplate, opinion_letters, template_of
from review.overall import overall_pdf, overall_report
from review.workbook import FLAG_COLUMNS, every_flag, flag_cells, flags_workbook, summary_workbook
from schema.errors import NotReadable
from storage.records import Missing

ROUTER = APIRouter(prefix="/export", include_in_schema=False)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    """`days` to answer in, `bureau` that signs, `unconfirmed=1` for findings that nobody has judged."""
    wanted, asked = filter_of(pairs_in(request)), request.query_params
    settings: Settings = request.app.state.settings
    try:
        data, count = opinion_letters(
            store_of(request), settings.home, wanted.departments, wanted.years,
            unconfirmed=asked.get("unconfirmed") == "1", days=number_in(request, "days", 10, 365),
            bureau=asked.get("bureau", "").strip()[:60],
        )  # fmt: skip
    except NotATemplate as error:
        raise Missing(str(error)) from error
    if not count:
        raise Missing("还没有定为属实的问题，没有意见书可出。先在“问题”页审核，或选择列入待核的问题")
    return _file(request, data, "审核意见书.zip", "application/zip")


@ROUTER.get("/template.docx", dependencies=[VIEWER])
def template(request: Request) -> Response:
    """The letters' template in force, to be edited in Word."""
    data = template_of(request.app.state.settings.home).read_bytes()
    return _file(request, data, "审核意见书模板.docx", DOCX)


@ROUTER.get("/overall.{form}", dependencies=[VIEWER])
def overall(request: Request, form: Literal["docx", "pdf"]) -> Response:
    """总体情况 over one year or all."""
    bureau = request.query_params.get("bureau", "").strip()[:60]
    paper = overall_report(store_of(request), year_in(request), bureau)
    if form == "docx":
        return _file(request, paper, "总体情况.docx", DOCX)
    try:
        return _file(request, overall_pdf(paper), "总体情况.pdf", "application/pdf")
    except NotReadable as error:
        raise Missing("本机没有LibreOffice，不能导出PDF；请改为导出Word文件") from error


@ROUTER.get("/facts.{form}", dependencies=[VIEWER])
def facts(request: Request, form: Literal["csv", "jsonl", "parquet"]) -> Response:
    with tempfile.TemporaryDirectory(prefix="jihe-") as folder:
        path = Path(folder) / "facts"
        write_facts(store_of(request), path, form)
        return _file(request, path.read_bytes(), f"数据.{form}", "application/octet-stream")
