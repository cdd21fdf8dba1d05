"""Access to the desk: only for a browser on this machine, with the cookie that the start address gave.

Sources of the rules: Host and start token as Jupyter does it, Origin and Sec-Fetch-Site instead of form tokens as
Datasette does it; the policy is the strictest under which YouTube's player works (`no-referrer` breaks it).
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_MOST = 1_000_000
"""Largest request body in bytes."""
PLAYER = "https://www.youtube-nocookie.com"
_SAFE = {"GET", "HEAD"}
_SIZE = re.compile(r"[0-9]{1,9}")
_QUERY_MOST = 4_000


@dataclass(frozen=True, slots=True)
class SessionSecrets:
    """The two secrets of one run of the server, 256 bits each."""

    token: str
    """In the start address."""
    cookie: str
    """The value of the session cookie."""


def new_secrets() -> SessionSecrets:
    return SessionSecrets(secrets.token_urlsafe(32), secrets.token_urlsafe(32))


class AccessGuard:
    """An application on this port of the loopback address, behind access checks.

    A request is let through or refused; every response carries the security headers.
    """

    def __init__(self, app: ASGIApp, *, session: SessionSecrets, port: int, player: str = PLAYER) -> None:
        self._app = app
        self._session = session
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
        await response(scope, receive, send_with_headers)

    def _response(self, scope: Scope) -> ASGIApp | None:
        """The guard's own response, or None to let the request through."""
        headers = Headers(scope=scope)
        host = headers.getlist("host")
        if len(host) != 1 or host[0].lower() not in self._hosts:
            return PlainTextResponse("This server answers only to its own address.", 421)
        if len(scope["query_string"]) > _QUERY_MOST:
            return PlainTextResponse("The URL is too long.", 414)
        if scope["method"] in _SAFE and (entry := self._entry(scope)):
            return entry
        # Not http.cookies, which reads none at all where one of them is malformed: other ports set theirs here too.
        cookie = cookie_parser(headers.get("cookie", "")).get(self._cookie_name, "")
        if not _equal(cookie, self._session.cookie):
            return PlainTextResponse("Open the address that `tadwin review` printed.", 401)
        return None if scope["method"] in _SAFE else _refusal_of_change(headers, host[0].lower())

    def _entry(self, scope: Scope) -> ASGIApp | None:
        """For a URL with the start token: the cookie, and a redirect to the same URL without the token."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        tokens = [value for name, value in query if name == "token"]
        if not tokens:
            return None
        if len(tokens) != 1 or not _equal(tokens[0], self._session.token):
            return PlainTextResponse("This link has expired. Open the address that `tadwin review` printed.", 401)
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        path = "/" + scope["path"].lstrip("/\\")
        response = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        response.set_cookie(self._cookie_name, self._session.cookie, httponly=True, samesite="strict", path="/")
        return response


def _refusal_of_change(headers: Headers, host: str) -> ASGIApp | None:
    """None for a request of known size from a page of this server; nothing else may change anything."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    foreign = (site is not None and site != "same-origin") or (origin is not None and origin != f"http://{host}")
    if foreign or (site is None and origin is None):
        return PlainTextResponse("Only the desk's own pages may change anything.", 403)
    size = headers.get("content-length", "")
    if not _SIZE.fullmatch(size) or "transfer-encoding" in headers:
        return PlainTextResponse("Content-Length required.", 411)
    return PlainTextResponse("The request is too large.", 413) if int(size) > BODY_MOST else None


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
