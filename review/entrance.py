"""Logging in and out."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from slowapi import Limiter
from slowapi.errors import RateLimitExceeded
from slowapi.util import get_remote_address

from review.access import OUR_FORM, begin_session, current_user, form_token, verified
from review.answering import render, store_of
from storage.accounts import Accounts, User


def login_router(rate: str) -> APIRouter:
    """Login and logout; at most `rate` tries from one address."""
    router = APIRouter(include_in_schema=False)
    limiter = Limiter(key_func=get_remote_address)

    @limiter.limit(rate)
    def tried(request: Request) -> None:
        """Counted; raises RateLimitExceeded."""

    @router.get("/login")
    def ask(request: Request, next: str = "/") -> Response:  # noqa: A002 - the address's word
        return render(request, "login.html", next=local(next), form=form_token(request), message="", name="")

    @router.post("/login", dependencies=[OUR_FORM])
    def enter(
        request: Request, name: Annotated[str, Form(max_length=80)], password: Annotated[str, Form(max_length=200)],
        next: Annotated[str, Form()] = "/",  # noqa: A002
    ) -> Response:  # fmt: skip
        def again(status: int, message: str) -> Response:
            return render(
                request, "login.html", status, next=local(next), form=form_token(request), message=message,
                name=name,
            )  # fmt: skip

        try:
            tried(request)
        except RateLimitExceeded:
            return again(429, "尝试太多次了，请过一分钟再试")
        accounts: Accounts = request.app.state.accounts
        user = verified(accounts, name, password)
        if user is None:
            store_of(request).record(name, "login.refused", get_remote_address(request))
            return again(401, "用户名或密码不对")
        begin_session(request, user)
        store_of(request).record(user.name, "login", get_remote_address(request))
        return RedirectResponse(local(next), 303)

    @router.post("/logout", dependencies=[OUR_FORM])
    def leave(request: Request, user: Annotated[User, Depends(current_user)]) -> Response:
        request.app.state.accounts.end_sessions(user.name)
        store_of(request).record(user.name, "logout", get_remote_address(request))
        request.session.clear()
        return RedirectResponse("/login", 303)

    return router


def local(target: str) -> str:
    """Only addresses of this console: "//elsewhere" and "/\\elsewhere" lead away."""
    return target if re.fullmatch(r"/(?![/\\])[^\\\r\n]*", target) else "/"
