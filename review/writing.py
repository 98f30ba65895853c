"""What changes something: verdicts, corrections, uploads, users. Every POST carries the form token."""

from __future__ import annotations

import secrets
import shutil
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse, Response

from review.access import (
    ADMIN,
    OUR_FORM,
    REVIEWER,
    VIEWER,
    NotAllowed,
    NotAPassword,
    current_user,
    hashed,
    need,
)
from review.answering import Id, Settings, render, safe_name, store_of
from review.entrance import local
from review.flags import judge, pairs_of, wanted_of
from review.letters import OWN, NotATemplate, letter, letter_values
from review.limits import FILES
from review.papers import CORRECTABLE
from schema.corrections import Correction, NotAValue, value_of
from schema.filing import NotAFiling, filing_of
from storage.accounts import Accounts, Exists, Role, User
from storage.records import FlagFilter, Overtaken, Status, TooMany

ROUTER = APIRouter(include_in_schema=False)
Reviewer = Annotated[User, Depends(need("reviewer"))]
COMMENT = 2000
Admin = Annotated[User, Depends(need("admin"))]
#: bytes of a template
TEMPLATE = 5 * 1024**2
#: what may be handed in through the browser
SUFFIXES = {".docx", ".doc", ".wps", ".pdf", ".xlsx", ".xls", ".et", ".rtf", ".odt", ".ods", ".txt", ".html",
            ".htm", ".zip", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}  # fmt: skip


@ROUTER.post("/verdicts", dependencies=[OUR_FORM, REVIEWER])
def verdicts(
    request: Request, user: Reviewer, status: Annotated[Status, Form()],
    pick: Annotated[list[str] | None, Form()] = None, comment: Annotated[str, Form(max_length=COMMENT)] = "",
    back: Annotated[str, Form()] = "/flags",
) -> Response:  # fmt: skip
    """A verdict on the findings picked; refused for each that someone else judged meanwhile."""
    try:
        judged = judge(store_of(request), pick or [], status, user.name, comment.strip())
    except ValueError as error:
        return JSONResponse({"error": str(error)}, 422)
    if "application/json" in request.headers.get("accept", ""):
        shown: dict[str, Any] = {
            "done": [
                {"id": f.id, "state": f.state, "status": f.status, "reviewer": f.reviewer}
                for f in judged.done
            ],
            "refused": [{"id": one, "message": message} for one, message in judged.refused],
        }
        return JSONResponse(shown, 409 if judged.refused else 200)
    if judged.refused:
        message = "；".join(f"{one}号：{said}" for one, said in judged.refused)
        return render(request, "problem.html", 409, title="没有保存", message=message)
    return RedirectResponse(local(back), 303)


@ROUTER.post("/verdicts/all", dependencies=[OUR_FORM, REVIEWER])
def verdicts_on_all(
    request: Request, user: Reviewer, status: Annotated[Status, Form()], seen: Annotated[int, Form(ge=0, le=2**53)],
    query: Annotated[str, Form(max_length=2000)] = "", comment: Annotated[str, Form(max_length=COMMENT)] = "",
) -> Response:  # fmt: skip
    """A verdict on all that the list's filter matches; `seen` is the number that the question named."""
    wanted, clean = _list_of(query)
    try:
        event = store_of(request).review_all(wanted, status, user.name, comment.strip(), seen, clean)
    except (Overtaken, TooMany) as error:
        return render(request, "problem.html", 409, title="没有保存", message=str(error))
    return RedirectResponse(f"/flags?{f'{clean}&' if clean else ''}bulk={event}", 303)


@ROUTER.post("/verdicts/undo", dependencies=[OUR_FORM, REVIEWER])
def undo_verdicts(
    request: Request, user: Reviewer, event: Annotated[int, Form(ge=1, le=2**53)],
    query: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Take back one's own verdict on all; where somebody judged since, that stands."""
    store_of(request).undo_all(event, user.name)
    return RedirectResponse(f"/flags?{_list_of(query)[1]}", 303)


def _list_of(query: str) -> tuple[FlagFilter, str]:
    """What a list's address asks for, and the address with nothing else in it."""
    wanted, sort, descending = wanted_of(parse_qsl(query, max_num_fields=200))
    return wanted, urlencode(pairs_of(wanted, sort, descending))


@ROUTER.post("/papers/{submission}/corrections", dependencies=[OUR_FORM, REVIEWER])
def correct(
    request: Request, user: Reviewer, submission: Id, place: Annotated[str, Form(max_length=2000)],
    seen: Annotated[int, Form(ge=0, le=2**53)], action: Annotated[Literal["correct", "drop", "restore"], Form()],
    concept: Annotated[str, Form()] = "", value: Annotated[str, Form(max_length=200)] = "",
    subject: Annotated[str, Form(max_length=200)] = "", period: Annotated[str, Form(max_length=4)] = "",
    stage: Annotated[Literal["", "initial", "adjusted"], Form()] = "",
    comment: Annotated[str, Form(max_length=COMMENT)] = "",
) -> Response:  # fmt: skip
    """A reviewer's value instead of a reading; the rules run again before the answer."""
    try:
        wanted = None
        if action != "restore":
            known = next((one.id for one in CORRECTABLE if one.id == concept), None)
            if known is None:
                raise NotAValue("没有这种数据")
            quantity, text = value_of(known, value) if action == "correct" else (None, None)
            year = int(period) if period.isdecimal() and len(period) == 4 else None
            wanted = Correction(
                user.name,
                known,
                quantity,
                text,
                subject.strip() or None,
                year,
                stage or None,
                action == "drop",
            )
        store_of(request).correct(submission, place, wanted, user.name, comment.strip(), seen)
    except NotAValue as error:
        return render(request, "problem.html", 422, title="没有保存", message=str(error))
    except Overtaken as error:
        return render(request, "problem.html", 409, title="没有保存", message=str(error))
    return RedirectResponse(f"/papers/{submission}#facts", 303)


@ROUTER.post("/papers/{submission}/filing", dependencies=[OUR_FORM, REVIEWER])
def refile(
    request: Request, user: Reviewer, submission: Id, seen: Annotated[int, Form(ge=0, le=2**53)],
    action: Annotated[Literal["file", "unfile"], Form()], department: Annotated[str, Form(max_length=200)] = "",
    year: Annotated[str, Form(max_length=10)] = "", comment: Annotated[str, Form(max_length=COMMENT)] = "",
    sure: Annotated[bool, Form()] = False,
) -> Response:  # fmt: skip
    """The department and year of a report whose cover was read wrongly. A name that is new, and a place where
    other documents lie, are asked about first."""
    store, comment = store_of(request), comment.strip()
    try:
        wanted = None
        if action == "file":
            typed = filing_of(user.name, department, year)
            wanted, known, neighbours = store.filing_of(submission, typed)
            if not sure and (neighbours or not known):
                paper = store.paper(submission)
                return render(
                    request, "filing.html", 409, paper=paper, filing=wanted, known=known, neighbours=neighbours,
                    seen=seen, comment=comment,
                )  # fmt: skip
        store.refile(submission, wanted, user.name, comment, seen)
    except NotAFiling as error:
        return render(request, "problem.html", 422, title="没有保存", message=str(error))
    except Overtaken as error:
        return render(request, "problem.html", 409, title="没有保存", message=str(error))
    return RedirectResponse(f"/papers/{submission}#file", 303)


@ROUTER.post("/filters", dependencies=[OUR_FORM, VIEWER])
def keep_filter(
    request: Request, user: Annotated[User, Depends(current_user)], name: Annotated[str, Form(max_length=60)],
    query: Annotated[str, Form(max_length=2000)] = "", forget: Annotated[bool, Form()] = False,
) -> Response:  # fmt: skip
    """A list of findings under a name of the user's own."""
    if not name.strip():
        return render(request, "problem.html", 422, title="没有保存", message="请给这个视图起个名字")
    _, clean = _list_of(query)
    store_of(request).keep_filter(user.name, name.strip(), None if forget else clean)
    return RedirectResponse(f"/flags?{clean}", 303)


@ROUTER.post("/users", dependencies=[OUR_FORM, ADMIN])
def users(
    request: Request, user: Admin, name: Annotated[str, Form(max_length=80)],
    action: Annotated[Literal["add", "role", "password", "stop", "start"], Form()],
    role: Annotated[Role, Form()] = "reviewer", password: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """A new user, or another role or password, or a stop to one; nobody takes his own rights away."""
    accounts: Accounts = request.app.state.accounts
    try:
        if name == user.name and action in ("role", "stop"):
            raise NotAllowed("不能改自己的角色或停用自己，请由另一位管理员操作")
        if action == "add":
            if not name.strip():
                raise NotAPassword("请填写用户名")
            accounts.add(name.strip(), role, hashed(password), user.name)
        elif action == "password":
            accounts.change(name, user.name, password=hashed(password))
        elif action == "role":
            accounts.change(name, user.name, role=role)
        else:
            accounts.change(name, user.name, active=action == "start")
    except (NotAPassword, Exists) as error:
        return render(request, "problem.html", 422, title="没有保存", message=str(error))
    return RedirectResponse("/audit", 303)


@ROUTER.post("/template", dependencies=[OUR_FORM, ADMIN])
def keep_template(request: Request, user: Admin, file: UploadFile) -> Response:
    """The bureau's own template of the letters, taken only if a letter comes out of it."""
    home: Path = request.app.state.settings.home
    data = file.file.read(TEMPLATE + 1)
    try:
        if len(data) > TEMPLATE:
            raise NotATemplate("模板太大，最多5MB")
        letter(data, letter_values("某部门", 2023, [], 10, "某局", date.today()))
    except NotATemplate as error:
        return render(request, "problem.html", 422, title="没有更换模板", message=str(error))
    (home / OWN).write_bytes(data)
    store_of(request).record(user.name, "template", OWN)
    return RedirectResponse("/exports", 303)


@ROUTER.post("/uploads", dependencies=[OUR_FORM, REVIEWER])
def upload(request: Request, user: Reviewer, files: list[UploadFile]) -> Response:
    """Files into a folder of their own, then on to be read; names are cleaned, contents never trusted."""
    settings: Settings = request.app.state.settings
    if len(files) > FILES:
        return _said(request, 413, f"一次最多上传{FILES}个文件")
    folder = settings.uploads / secrets.token_hex(8)
    kept: list[Path] = []
    refused: list[str] = []
    for file in files:
        name = safe_name(file.filename or "")
        if Path(name).suffix.lower() not in SUFFIXES:
            refused.append(f"“{name}”不是能读的格式")
            continue
        if not file.size:
            refused.append(f"“{name}”是空文件")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / name
        if target.exists():
            target = folder / f"{secrets.token_hex(3)}-{name}"
        with target.open("xb") as sink:
            shutil.copyfileobj(file.file, sink)
        kept.append(target)
    last = max((run.id for run in store_of(request).runs(1)), default=0)
    if kept:
        store_of(request).record(user.name, "upload", "、".join(path.name for path in kept)[:500])
        settings.receive(kept)
    taken = f"已接收{len(kept)}个文件，正在读取"
    if refused:
        said = f"没有接收：{'；'.join(refused)[:500]}。{taken if kept else ''}"
        return _said(request, 415, said, last if kept else None)
    return _said(request, 200, taken, last)


def _said(request: Request, status: int, message: str, last: int | None = None) -> Response:
    """`last` is the newest run before the one that reads what was received."""
    seen = None if last is None else f"/runs?after={last}"
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": message, "next": seen}, status)
    if status == 200:
        return RedirectResponse(seen or "/runs", 303)
    return render(request, "problem.html", status, title="没有上传", message=message)
