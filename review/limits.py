"""Headers that keep pages to themselves, and a limit to what a request may carry."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: bytes of an upload, and of any other request
UPLOAD = 64 * 1024**2
OTHER = 512 * 1024
#: files of an upload
FILES = 200

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


class Limits:
    """Refuses bodies that are too long, or of unknown length, before a byte is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        allowed = UPLOAD if scope["path"] in ("/uploads", "/template") else OTHER
        length = headers.get("content-length", "")
        refused = None
        if "transfer-encoding" in headers or (length and not length.isdigit()):
            refused = PlainTextResponse("请求没有写明长度", 411)
        elif length and int(length) > allowed:
            refused = PlainTextResponse(f"文件太大，一次最多{UPLOAD // 1024**2}MB", 413)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                static = scope["path"].startswith("/static/") or scope["path"].endswith(".png")
                for name, value in HEADERS.items():
                    if not (static and name == "cache-control"):
                        found[name] = value
            await send(message)

        await (refused or self.app)(scope, receive, sealed)
