"""The pages that are read: each asks for one value and renders it."""

from __future__ import annotations

import io
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from fastapi.responses import Response

from review.access import ADMIN, VIEWER
from review.app import render
from review.flags import flags_page
from review.papers import paper_page
from schema.errors import NotReadable
from storage.records import Missing
from storage.store import Store

ROUTER = APIRouter(include_in_schema=False)
#: dots an inch of a page's picture
DPI = 110

Id = Annotated[int, InPath(ge=1, le=2**53)]


def store_of(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def pairs_in(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.url.query, max_num_fields=200)


@ROUTER.get("/flags", dependencies=[VIEWER])
def flags(request: Request) -> Response:
    return render(request, "flags.html", view=flags_page(store_of(request), pairs_in(request)))


@ROUTER.get("/flags/{finding}", dependencies=[VIEWER])
def flag_history(request: Request, finding: Id) -> Response:
    store = store_of(request)
    return render(request, "flag.html", flag=store.flag(finding), history=store.history(finding))


@ROUTER.get("/papers/{submission}", dependencies=[VIEWER])
def paper(request: Request, submission: Id) -> Response:
    return render(request, "paper.html", view=paper_page(store_of(request), submission))


@ROUTER.get("/papers/{submission}/pages/{number}.png", dependencies=[VIEWER])
def page_picture(request: Request, submission: Id, number: Id) -> Response:
    """A page of the original as a picture; the path to it is made from the content's sha256 only."""
    from extractors.readers.render import page_image

    store = store_of(request)
    stored = store.paper(submission).submission
    try:
        data = store.originals.path(stored.sha256).read_bytes()
        image = page_image(data, stored.media_type or "", number, DPI)
    except (OSError, NotReadable, IndexError) as error:
        raise Missing("没有这一页的图像") from error
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return Response(sink.getvalue(), media_type="image/png", headers={"cache-control": "private, max-age=3600"})


@ROUTER.get("/audit", dependencies=[ADMIN])
def audit(request: Request) -> Response:
    asked = request.query_params.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 8 else 1
    found = store_of(request).audit(limit=101, offset=(number - 1) * 100)
    users = request.app.state.accounts.everyone()
    return render(request, "audit.html", events=found[:100], number=number, more=len(found) > 100, users=users)
