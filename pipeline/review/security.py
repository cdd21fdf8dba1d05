"""Who may talk to the desk: this machine's own browser, with the cookie that the start address gave.

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
    """The two secrets of one run of the server."""

    token: str
    """Stands in the start address, once."""
    session: str
    """Stands in the cookie."""


def new_secrets() -> SessionSecrets:
    """Fresh secrets of 256 bits."""
    return SessionSecrets(secrets.token_urlsafe(32), secrets.token_urlsafe(32))


class AccessGuard:
    """Lets a request through to the desk, or refuses it; puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, keys: SessionSecrets, port: int, player: str = PLAYER) -> None:
        """Guard an application that is served on this port of the loopback address."""
        self._app = app
        self._keys = keys
        self._cookie = f"tadwin_{port}"  # cookies do not know ports, so the name has to
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._headers = _headers(player)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # none is ever accepted
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        answer = self._refusal(scope) or self._app
        await answer(scope, receive, sealed)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """The answer of the guard itself, or None to let the request through."""
        headers = Headers(scope=scope)
        host = headers.getlist("host")
        if len(host) != 1 or host[0].lower() not in self._hosts:
            return PlainTextResponse("This server answers only to its own address.", 421)
        if len(scope["query_string"]) > _QUERY_MOST:
            return PlainTextResponse("The address is too long.", 414)
        if scope["method"] in _SAFE and (entry := self._entry(scope)):
            return entry
        if not self._known(headers):
            return PlainTextResponse("Open the address that `tadwin review` printed.", 401)
        if scope["method"] not in _SAFE:
            return self._unsafe(headers, host[0].lower())
        return None

    def _entry(self, scope: Scope) -> ASGIApp | None:
        """With the start token in the address: the cookie, and the same address without the token."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        if not given:
            return None
        if len(given) != 1 or not _equal(given[0], self._keys.token):
            return PlainTextResponse("This start address is not of this run.", 401)
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self._cookie, self._keys.session, httponly=True, samesite="strict", path="/")
        return answer

    def _known(self, headers: Headers) -> bool:
        # Not http.cookies, which takes none at all where one of them is malformed: other ports set theirs here too.
        return _equal(cookie_parser(headers.get("cookie", "")).get(self._cookie, ""), self._keys.session)

    @staticmethod
    def _unsafe(headers: Headers, host: str) -> ASGIApp | None:
        """A change is taken only from a page of this server, of a known size."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        foreign = (site is not None and site != "same-origin") or (origin is not None and origin != f"http://{host}")
        if foreign or (site is None and origin is None):
            return PlainTextResponse("A change is taken only from the desk's own pages.", 403)
        size = headers.get("content-length", "")
        if not _SIZE.fullmatch(size) or "transfer-encoding" in headers:
            return PlainTextResponse("A change has a length.", 411)
        return PlainTextResponse("This is too much at once.", 413) if int(size) > BODY_MOST else None


def _equal(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode(), secret.encode())


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
