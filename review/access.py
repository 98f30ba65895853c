"""Who is calling and what they may do: passwords, sessions, form tokens, roles, tokens for programs."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import Depends, Form, Request

from storage.accounts import Accounts, Role, User

ORDER: tuple[Role, ...] = ("viewer", "reviewer", "admin")
#: the fewest characters of a password
SHORTEST = 10
HASHER = PasswordHasher()
#: a hash of nothing: an unknown name takes as long as a wrong password
NOBODY = HASHER.hash(secrets.token_urlsafe(16))


class NotLoggedIn(Exception):
    """No session and no token."""


class NotAllowed(Exception):
    """Logged in, and refused: the message is one Chinese sentence."""


class NotAPassword(ValueError):
    """A password that is too weak: the message is one Chinese sentence."""


def hashed(password: str) -> str:
    """The argon2 hash. Raises NotAPassword."""
    if len(password) < SHORTEST:
        raise NotAPassword(f"密码至少要有{SHORTEST}个字符")
    return HASHER.hash(password)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def verified(accounts: Accounts, name: str, password: str) -> User | None:
    """The user whose name and password these are."""
    user = accounts.find(name)
    try:
        HASHER.verify(user.password if user else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    return user if user and user.active else None


def begin_session(request: Request, user: User) -> None:
    """A new session: nothing of an earlier one stays, so none can be fixed beforehand."""
    request.session.clear()
    request.session.update(name=user.name, stamp=user.stamp, form=secrets.token_urlsafe(24))


def form_token(request: Request) -> str:
    """The secret that every form of this session carries."""
    if "form" not in request.session:
        request.session["form"] = secrets.token_urlsafe(24)
    return str(request.session["form"])


def current_user(request: Request) -> User:
    """By session, or under /api and for /metrics by token. Raises NotLoggedIn."""
    accounts: Accounts = request.app.state.accounts
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    for_programs = request.url.path.startswith("/api/") or request.url.path == "/metrics"
    if for_programs and kind.lower() == "bearer":
        user = accounts.owner(digest(token.strip()))
    else:
        user = accounts.find(str(request.session.get("name", "")))
        if user and user.stamp != request.session.get("stamp"):
            user = None
    if user is None or not user.active:
        raise NotLoggedIn
    request.state.user = user
    return user


def need(role: Role) -> Callable[[User], User]:
    """A dependency: the user, who has at least this role."""

    def allowed(user: Annotated[User, Depends(current_user)]) -> User:
        if ORDER.index(user.role) < ORDER.index(role):
            raise NotAllowed("您的账号没有这项权限，请联系管理员")
        return user

    return allowed


def from_our_form(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """A dependency of every write from a page: the session's form token is there, in a header or a field.
    Raises NotAllowed."""
    _hold_token(request, request.headers.get("x-form-token", "") or csrf)


def from_our_script(request: Request) -> None:
    """The same under /api, in a header. Calls with a token of their own carry no cookie's authority and
    need none. Raises NotAllowed."""
    if not request.headers.get("authorization"):
        _hold_token(request, request.headers.get("x-form-token", ""))


def _hold_token(request: Request, sent: str) -> None:
    if not secrets.compare_digest(sent.encode(), form_token(request).encode()):
        raise NotAllowed("页面已过期，请刷新后再试")


VIEWER = Depends(need("viewer"))
REVIEWER = Depends(need("reviewer"))
ADMIN = Depends(need("admin"))
OUR_FORM = Depends(from_our_form)
OUR_SCRIPT = Depends(from_our_script)
