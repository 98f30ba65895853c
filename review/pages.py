"""The pages that are read: each asks for one value and renders it."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from extractors.readers.legacy import office
from review.access import ADMIN, VIEWER
from review.answering import Id, number_in, pairs_in, render, safe_name, store_of, year_in
from review.departments import COMPARED, compare_page, department_page, departments_page, figure
from review.flags import flags_page
from review.limits import FILES, UPLOAD
from review.metrics import CONTENT_TYPE, measured
from review.overview import overview_page
from review.papers import CORRECTABLE, paper_page
from schema.errors import NotReadable
from schema.profile import NotAProfile, load_profile, profile_names
from schema.rules.table import RULES
from storage.bulk import ACTION
from storage.records import Missing

ROUTER = APIRouter(include_in_schema=False)
#: dots an inch of a page's picture
DPI = 110


@ROUTER.get("/", dependencies=[VIEWER])
def overview(request: Request) -> Response:
    return render(request, "overview.html", view=overview_page(store_of(request), year_in(request)))


@ROUTER.get("/departments", dependencies=[VIEWER])
def departments(request: Request) -> Response:
    view = departments_page(store_of(request), pairs_in(request), number_in(request, "page"))
    return render(request, "departments.html", view=view, figure=figure)


@ROUTER.get("/departments/{name:path}", dependencies=[VIEWER])
def department(request: Request, name: str) -> Response:
    return render(request, "department.html", view=department_page(store_of(request), name), figure=figure)


@ROUTER.get("/compare", dependencies=[VIEWER])
def compare(request: Request) -> Response:
    asked = request.query_params
    view = compare_page(
        store_of(request), asked.getlist("concept"), year_in(request), asked.get("department", "").strip()[:100],
        asked.get("sort", ""),
    )  # fmt: skip
    return render(request, "compare.html", view=view, compared=COMPARED)


@ROUTER.get("/runs", dependencies=[VIEWER])
def runs(request: Request) -> Response:
    store, page = store_of(request), number_in(request, "page")
    refused = store.submissions(statuses=("quarantined",), limit=50, offset=(page - 1) * 50)
    runs, after = store.runs(30), request.query_params.get("after", "")
    waiting = after.isdecimal() and max((run.id for run in runs), default=0) <= int(after[:15])
    return render(
        request, "runs.html", runs=runs, waiting=waiting, refused=refused, number=page, most=UPLOAD,
        most_files=FILES,
    )  # fmt: skip


@ROUTER.get("/exports", dependencies=[VIEWER])
def exports(request: Request) -> Response:
    return render(
        request,
        "exports.html",
        years=store_of(request).years(),
        year=year_in(request),
        pdf=office() is not None,
    )


@ROUTER.get("/metrics", dependencies=[VIEWER])
def metrics(request: Request) -> Response:
    """For Prometheus, which brings a token as it does for /api."""
    return Response(measured(store_of(request)), media_type=CONTENT_TYPE)


@ROUTER.get("/rules", dependencies=[VIEWER])
def rules(request: Request) -> Response:
    home = request.app.state.settings.home
    profiles = [load_profile(name, home) for name in profile_names()]
    return render(
        request, "rules.html", rules=RULES, profiles=profiles, counts=store_of(request).facets()["rule"]
    )


@ROUTER.get("/flags", dependencies=[VIEWER])
def flags(request: Request) -> Response:
    store, user = store_of(request), request.state.user.name
    number = number_in(request, "bulk", 0)
    event = store.event(number) if number else None
    mine = event if event and event.who == user and event.action == ACTION else None
    return render(
        request,
        "flags.html",
        view=flags_page(store, pairs_in(request), user),
        bulk=mine,
        last=store.last_bulk(user),
    )


@ROUTER.get("/suggestions", dependencies=[VIEWER])
def suggestions(request: Request) -> Response:
    """Names of departments that hold the letters typed."""
    typed = request.query_params.get("q", "").strip()[:100]
    return JSONResponse(list(store_of(request).departments(typed, 20)) if typed else [])


@ROUTER.get("/flags/{finding}", dependencies=[VIEWER])
def flag_history(request: Request, finding: Id) -> Response:
    store = store_of(request)
    return render(request, "flag.html", flag=store.flag(finding), history=store.history(finding))


@ROUTER.get("/papers/{submission}", dependencies=[VIEWER])
def paper(request: Request, submission: Id) -> Response:
    return render(
        request, "paper.html", view=paper_page(store_of(request), submission), correctable=CORRECTABLE,
        profile=_profile_name(request),
    )  # fmt: skip


def _profile_name(request: Request) -> Callable[[str | None], str]:
    """Profiles by their titles; one that has gone by what it was called."""

    def named(name: str | None) -> str:
        try:
            return load_profile(name, request.app.state.settings.home).zh if name else "—"
        except NotAProfile:
            return name or "—"

    return named


@ROUTER.get("/papers/{submission}/original", dependencies=[VIEWER])
def original(request: Request, submission: Id) -> Response:
    """The file as it came, to be saved: never shown in the browser, whatever it is."""
    store = store_of(request)
    stored = store.paper(submission).submission
    try:
        data = store.originals.read(stored.sha256)
    except (OSError, ValueError) as error:
        raise Missing("原件不在了，请联系管理员") from error
    name = quote(safe_name(stored.name))
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@ROUTER.get("/papers/{submission}/pages/{number}.png", dependencies=[VIEWER])
def page_picture(request: Request, submission: Id, number: Id) -> Response:
    """A page of the original as a picture; the path to it is made from the content's sha256 only."""
    from extractors.readers.render import page_image

    store = store_of(request)
    stored = store.paper(submission).submission
    try:
        data = store.originals.read(stored.sha256)
        image = page_image(data, stored.media_type or "", number, DPI)
    except (OSError, NotReadable, IndexError) as error:
        raise Missing("没有这一页的图像") from error
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return Response(
        sink.getvalue(), media_type="image/png", headers={"cache-control": "private, max-age=3600"}
    )


@ROUTER.get("/audit", dependencies=[ADMIN])
def audit(request: Request) -> Response:
    number = number_in(request, "page")
    found = store_of(request).audit(limit=101, offset=(number - 1) * 100)
    users = request.app.state.accounts.everyone()
    return render(
        request, "audit.html", events=found[:100], number=number, more=len(found) > 100, users=users
    )
