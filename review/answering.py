"""What every page needs: the console's settings, what an address asks for, and a page in answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Path as InPath
from fastapi import Request
from fastapi.responses import Response

from review import access
from storage.store import Store

Id = Annotated[int, InPath(ge=1, le=2**53)]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the console needs beside the store. `secret` signs sessions; `uploads` is where uploaded files
    are put; `receive` reads such files into the store and returns at once."""

    secret: str
    home: Path
    uploads: Path
    receive: Callable[[Sequence[Path]], None]
    secure: bool = False  # cookies over HTTPS only
    logins: str = "10/minute"


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page, with who is logged in and the token of its forms."""
    user = getattr(request.state, "user", None)
    found = request.app.state.templates.get_template(template)
    text = found.render(
        user=user, csrf=access.form_token(request) if user else "", path=request.url.path, **values
    )
    return Response(text, status, media_type="text/html; charset=utf-8")


def store_of(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def pairs_in(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.url.query, max_num_fields=200)


def number_in(request: Request, name: str, usual: int = 1, most: int = 10**7) -> int:
    """A number of the address; what is none counts as not given."""
    asked = request.query_params.get(name, "")
    return min(max(1, int(asked)), most) if asked.isdecimal() and len(asked) < 9 else usual


def year_in(request: Request) -> int | None:
    return number_in(request, "year", 0, 9999) or None


def safe_name(name: str) -> str:
    r"""The last part of a name, without what a file system or a shell takes for more.

    >>> safe_name("..\\..\\etc/pass\x00wd 报告.docx"), safe_name("..")
    ('passwd 报告.docx', '文件')
    """
    last = re.split(r"[/\\]", name)[-1]
    last = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "", last).strip(". ")
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:80]}{dot}{suffix[:10]}" if dot else last[:80] or "文件"
