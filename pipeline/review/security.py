"""Access to the desk: only for a browser on this machine, with the cookie that it got for a start token.

Sources of the rules: Host and start token as Jupyter does it, Origin and Sec-Fetch-Site instead of form tokens as
Datasette does it; the policy is the strictest under which YouTube's player works (`no-referrer` breaks it).
"""

from __future__ import annotations

import contextlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_MOST = 1_000_000
"""Largest request body in bytes."""
PLAYER = "https://www.youtube-nocookie.com"
_SAFE = {"GET", "HEAD"}
_SIZE = re.compile(r"[0-9]{1,9}")
_QUERY_MOST = 4_000
_ENTRY_MOST = 200
"""Largest form with a start token in bytes."""
_ENTER = PlainTextResponse("")
"""Stands for the way in, whose answer depends on the form."""
_ENTERS = """<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>مكتب المراجعة</title>
<meta http-equiv="refresh" content="0; url=/"><p><a href="/">مكتب المراجعة · Review desk</a></p></html>"""
_ASKS = """<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>مكتب المراجعة</title>
<p>افتح الملف الذي ذكره <code dir="ltr">tadwin review</code>، أو ضع هنا رمزه. كل رمز يفتح مرة واحدة.</p>
<p lang="en" dir="ltr">Open the file that <code>tadwin review</code> named, or put its token here. Each opens once.</p>
<form method="post" action="/enter"><input name="token" dir="ltr" maxlength="100" autocomplete="off" aria-label="token">
<button>↵</button></form></html>"""


@dataclass(frozen=True, slots=True)
class SessionSecrets:
    """The two secrets of one run of the server, 256 bits each."""

    token: str
    """The first start token; each opens the desk once, and then another takes its place."""
    cookie: str
    """The value of the session cookie."""


def new_secrets() -> SessionSecrets:
    return SessionSecrets(secrets.token_urlsafe(32), secrets.token_urlsafe(32))


class AccessGuard:
    """An application on this port of the loopback address, behind access checks.

    A request is let through or refused; every response carries the security headers.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        session: SessionSecrets,
        port: int,
        player: str = PLAYER,
        handed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Hand every start token after the first to `handed`."""
        self._app = app
        self._session = session
        self._token = session.token
        self._handed = handed
        self._cookie_name = f"tadwin_{port}"  # cookies are shared between ports, so the name tells them apart
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._headers = _headers(player)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # none is ever accepted
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        response = self._response(scope) or self._app
        if response is _ENTER:
            response = self._entry(await _small_form(receive, _ENTRY_MOST))
        await response(scope, receive, send_with_headers)

    def _response(self, scope: Scope) -> ASGIApp | None:
        """The guard's own response, or None to let the request through."""
        headers = Headers(scope=scope)
        host = headers.getlist("host")
        if len(host) != 1 or host[0].lower() not in self._hosts:
            return _refused("لا يجيب هذا الخادم إلا عن عنوانه.", "This server answers only to its own address.", 421)
        if len(scope["query_string"]) > _QUERY_MOST:
            return _refused("العنوان أطول من أن يُقبل.", "The URL is too long.", 414)
        if scope["method"] == "POST" and scope["path"] == "/enter":
            return _ENTER
        # Not http.cookies, which reads none at all where one of them is malformed: other ports set theirs here too.
        cookie = cookie_parser(headers.get("cookie", "")).get(self._cookie_name, "")
        if not _equal(cookie, self._session.cookie):
            return HTMLResponse(_ASKS, 401)
        return None if scope["method"] in _SAFE else _refusal_of_change(headers, host[0].lower())

    def _entry(self, form: bytes) -> ASGIApp:
        """For a form with the start token: the cookie, and the way to the first page. The token opens nothing more."""
        tokens = [value for name, value in parse_qsl(form.decode("latin-1")) if name == "token"]
        if len(tokens) != 1 or not _equal(tokens[0].strip(), self._token):
            return HTMLResponse(_ASKS, 401)
        self._token = secrets.token_urlsafe(32)
        with contextlib.suppress(OSError):  # a full disk keeps out the next browser, not this one
            self._handed(self._token)
        # Not a redirect: a browser that came from the file of the token would follow it without the new strict cookie.
        response = HTMLResponse(_ENTERS)
        response.set_cookie(self._cookie_name, self._session.cookie, httponly=True, samesite="strict", path="/")
        return response


async def _small_form(receive: Receive, most: int) -> bytes:
    """The body of a request; nothing of one that is larger."""
    body, more = b"", True
    while more and len(body) <= most:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return b"" if len(body) > most else body


def _refusal_of_change(headers: Headers, host: str) -> ASGIApp | None:
    """None for a request of known size from a page of this server; nothing else may change anything."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    foreign = (site is not None and site != "same-origin") or (origin is not None and origin != f"http://{host}")
    if foreign or (site is None and origin is None):
        return _refused("لا تغيّر شيئًا إلا صفحات المكتب نفسه.", "Only the desk's own pages may change anything.", 403)
    size = headers.get("content-length", "")
    if not _SIZE.fullmatch(size) or "transfer-encoding" in headers:
        return _refused("لم يُذكر حجم الطلب.", "Content-Length required.", 411)
    if int(size) > BODY_MOST:
        return _refused("ما أُرسل أكبر من أن يُقبل؛ قسّمه.", "The request is too large; divide it.", 413)
    return None


def _refused(arabic: str, english: str, status: int) -> ASGIApp:
    """Said in both languages: nobody's choice is known here."""
    return PlainTextResponse(f"{arabic}\n{english}\n", status)


def _equal(value: str, secret: str) -> bool:
    return hmac.compare_digest(value.encode(), secret.encode())


def _headers(player: str) -> dict[str, str]:
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "frame-src": player,
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
