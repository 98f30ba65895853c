"""The same data for programs: JSON under /api, by session or by token, described by /api/openapi.json."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as InPath
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from review.access import OUR_SCRIPT, REVIEWER, VIEWER, need
from review.flags import filter_of
from schema.finding import plain
from schema.output import document_json
from storage.accounts import User
from storage.records import Changed, Status, SubmissionStatus
from storage.store import Store

REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"description": "No session and no token"},
    403: {"description": "The role does not allow it"},
    404: {"description": "There is no such thing"},
    422: {"description": "The call itself is wrong"},
}
ROUTER = APIRouter(prefix="/api", responses=REFUSALS)
Id = Annotated[int, InPath(ge=1, le=2**53)]
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10**9)]
Names = Annotated[list[str] | None, Query()]


class VerdictIn(BaseModel):
    """A verdict; `state` is the finding's state as it was seen."""

    status: Status
    state: int = Field(ge=0, le=2**53)
    comment: str = Field(default="", max_length=2000)


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _plain(value: Any) -> Any:
    """Decimals as strings and moments as ISO 8601, all through."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, datetime) else value


@ROUTER.get("/flags", dependencies=[VIEWER])
def flags(
    request: Request, department: Names = None, year: Names = None, rule: Names = None, severity: Names = None,
    status: Names = None, q: str = "", limit: Limit = 100, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Findings, filtered as the console's page is."""
    given = {"department": department, "year": year, "rule": rule, "severity": severity, "status": status}
    pairs = [(key, value) for key, values in given.items() for value in values or []]
    found = _store(request).flags(filter_of([*pairs, ("q", q)]), limit=limit, offset=offset)
    return JSONResponse({"total": found.total, "rows": _plain([asdict(row) for row in found.rows])})


@ROUTER.get("/flags/{finding}", dependencies=[VIEWER])
def flag(request: Request, finding: Id) -> Response:
    """One finding with every verdict on it."""
    store = _store(request)
    history = [asdict(one) for one in store.history(finding)]
    return JSONResponse(_plain({**asdict(store.flag(finding)), "history": history}))


@ROUTER.post(
    "/flags/{finding}/verdict",
    dependencies=[OUR_SCRIPT, REVIEWER],
    responses={409: {"description": "Judged meanwhile"}},
)
def verdict(
    request: Request, finding: Id, given: VerdictIn, user: Annotated[User, Depends(need("reviewer"))]
) -> Response:
    """Judge a finding; 409 where someone else did meanwhile, with the finding as it stands."""
    try:
        found = _store(request).review(
            finding, given.status, user.name, given.comment, seen_state=given.state
        )
    except Changed as changed:
        return JSONResponse({"error": str(changed), "flag": _plain(asdict(changed.flag))}, 409)
    return JSONResponse(_plain(asdict(found)))


@ROUTER.get("/reports", dependencies=[VIEWER])
def reports(
    request: Request, department: Names = None, year: Annotated[list[int] | None, Query()] = None,
    limit: Limit = 100, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Departments' years with their figures."""
    years = [one for one in year or () if 1900 <= one <= 2200]
    found = _store(request).reports(department or (), years, limit=limit, offset=offset)
    return JSONResponse({"total": found.total, "rows": _plain([asdict(row) for row in found.rows])})


@ROUTER.get("/submissions", dependencies=[VIEWER])
def submissions(
    request: Request, status: Annotated[list[SubmissionStatus] | None, Query()] = None, limit: Limit = 100,
    offset: Offset = 0,
) -> Response:  # fmt: skip
    """Every file ever received, newest first, with its reason where it was refused."""
    found = _store(request).submissions(statuses=status or (), limit=limit, offset=offset)
    return JSONResponse({"total": found.total, "rows": _plain([asdict(row) for row in found.rows])})


@ROUTER.get("/runs", dependencies=[VIEWER])
def runs(request: Request, limit: Limit = 50) -> Response:
    """The runs, newest first."""
    return JSONResponse({"rows": _plain([asdict(row) for row in _store(request).runs(limit)])})


@ROUTER.get("/papers/{submission}", dependencies=[VIEWER])
def paper(request: Request, submission: Id) -> Response:
    """One document as `jihe extract --json` writes it."""
    found = _store(request).paper(submission)
    return JSONResponse(document_json(found.report, found.verdicts))


@ROUTER.get("/openapi.json", dependencies=[VIEWER])
def description(request: Request) -> Response:
    """This description."""
    app = request.app
    return JSONResponse(get_openapi(title=app.title, version=app.version, routes=ROUTER.routes))
