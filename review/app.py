"""The reviewers' console as a web application: middleware, errors, and the pages joined together."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.middleware.sessions import SessionMiddleware

from review import access, api, entrance, exporting, pages, words, writing
from review.answering import Settings, render
from review.letters import TooManyLetters
from review.limits import Limits
from review.workbook import TooMuch
from schema.finding import plain
from storage.accounts import ROLES, Accounts
from storage.engine import Unavailable, Unfit
from storage.records import Missing
from storage.store import Store

HERE = Path(__file__).parent
#: hours after which a session ends
HOURS = 12


def create_app(store: Store, settings: Settings) -> FastAPI:
    """The console over a store."""
    app = FastAPI(
        title="绩核", version="1", docs_url=None, redoc_url=None, openapi_url=None,
        description="Facts and findings of performance self-evaluations.",
    )  # fmt: skip
    app.state.store, app.state.accounts, app.state.settings = store, Accounts(store), settings
    app.state.templates = _templates()
    app.add_middleware(
        SessionMiddleware, secret_key=settings.secret, session_cookie="jihe", same_site="lax",
        https_only=settings.secure, max_age=HOURS * 3600,
    )  # fmt: skip
    app.add_middleware(Limits)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for router in (
        entrance.login_router(settings.logins),
        pages.ROUTER,
        writing.ROUTER,
        exporting.ROUTER,
        api.ROUTER,
    ):
        app.include_router(router)
    _errors(app)
    return app


def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("review"), autoescape=select_autoescape(default=True), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.globals.update(
        words=words, rule_name=words.rule_name, concept_name=words.concept_name, moment=words.moment, amount=words.amount, plain=plain,
        ROLES=ROLES, quote=quote,
    )  # fmt: skip
    return found


def _errors(app: FastAPI) -> None:
    def problem(request: Request, status: int, message: str) -> Response:
        wants_json = "application/json" in request.headers.get("accept", "")
        if request.url.path.startswith("/api/") or wants_json:
            return JSONResponse({"error": message}, status)
        return render(request, "problem.html", status, title="不能继续", message=message)

    @app.exception_handler(access.NotLoggedIn)
    def _login(request: Request, _: Exception) -> Response:
        if request.url.path.startswith("/api/") or request.method != "GET":
            return problem(request, 401, "请先登录")
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)

    @app.exception_handler(access.NotAllowed)
    def _refused(request: Request, error: Exception) -> Response:
        return problem(request, 403, str(error))

    @app.exception_handler(Missing)
    def _missing(request: Request, error: Exception) -> Response:
        return problem(request, 404, str(error))

    @app.exception_handler(TooMuch)
    @app.exception_handler(TooManyLetters)
    def _large(request: Request, error: Exception) -> Response:
        return problem(request, 413, str(error))

    @app.exception_handler(Unavailable)
    def _unavailable(request: Request, error: Exception) -> Response:
        return problem(request, 503, str(error))

    @app.exception_handler(Unfit)
    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, _: Exception) -> Response:
        return problem(request, 422, "请求的内容不对，请从页面上重新操作")

    @app.exception_handler(HTTPException)
    def _other(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - for the type
        said = {404: "没有这个页面", 405: "不能这样打开这个页面", 400: "请求读不懂"}
        return problem(request, error.status_code, said.get(error.status_code, str(error.detail)))
