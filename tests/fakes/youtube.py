"""A fake YouTube over real HTTP and TLS; unpatched libraries reach it by `proxy` and `ca_bundle`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from tests.fakes.answers import CONSENT_PAGE, IFRAME_API, PLAYER_SCRIPT, embed_page, initial_data, player, watch_page
from tests.fakes.faults import Fault
from tests.fakes.lists import channel_page, continuation, playlist, playlist_page
from tests.fakes.server import Answer, Request, TlsProxy, authority
from tests.fakes.timedtext import TYPES, timedtext

if TYPE_CHECKING:
    from tests.fakes.catalogue import Catalogue

HOSTS = frozenset({
    "www.youtube.com", "youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "consent.youtube.com",
    "www.youtube-nocookie.com", "youtubei.googleapis.com", "i.ytimg.com",
})  # fmt: skip
"""The hosts that the fake answers for; any other is an escape."""


class FakeYouTube:
    """Serves a catalogue while the `with` block runs."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Nothing listens yet."""
        self.catalogue = catalogue
        self._server = TlsProxy(HOSTS, self._respond)
        self.faults: list[Fault] = self._server.troubles.faults
        """Add faults here, also while clients are talking."""
        self._folder = tempfile.TemporaryDirectory(prefix="fake-youtube-")
        self.ca_bundle = str(Path(self._folder.name) / "ca.pem")
        """Path of the certificate authority to trust."""

    def __enter__(self) -> Self:
        """Listen on a free port of the loopback."""
        authority().cert_pem.write_to_path(self.ca_bundle)
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop; raises what went wrong inside the fake itself."""
        self._folder.cleanup()
        self._server.stop()

    @property
    def proxy(self) -> str:
        """Address of the proxy."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def direct_port(self) -> int:
        """Port on the loopback that serves all hosts without a proxy."""
        return self._server.direct_port

    @property
    def requests(self) -> tuple[Request, ...]:
        """What was asked so far, in order."""
        return tuple(self._server.seen)

    @property
    def tunnels(self) -> int:
        """How many connections were opened through the proxy."""
        return self._server.tunnels

    @property
    def escapes(self) -> tuple[str, ...]:
        """Hosts that were asked for and are not YouTube's."""
        return tuple(self._server.escapes)

    def serve_raw(self, match: str, body: bytes, content_type: str = "text/html; charset=utf-8") -> None:
        """Answer the requests that contain `match` with these bytes, for instance those of a recorded answer."""
        self.faults.append(Fault(match, body=body, headers={"Content-Type": content_type}))

    def _respond(self, request: Request) -> Answer:
        asked = request.parameters
        if request.path.startswith("/youtubei/v1/"):
            return self._interface(request)
        if request.path == "/api/timedtext":
            return self._timedtext(asked)
        return self._page(request, asked)

    def _page(self, request: Request, asked: dict[str, str]) -> Answer:
        if request.path == "/watch":
            return self._watch(request)
        if request.path == "/playlist":
            return Answer(playlist_page(self.catalogue, asked.get("list", "")).encode())
        if request.path.startswith("/embed/"):
            return Answer(embed_page(self.catalogue.video(request.path.split("/")[2])).encode())
        if request.path in ("/iframe_api", PLAYER_SCRIPT):
            return Answer(IFRAME_API.encode(), "text/javascript; charset=utf-8")
        return self._channel(request) or Answer(b"no such page", "text/plain", 404)

    def _channel(self, request: Request) -> Answer | None:
        folders = unquote(request.path).strip("/").removeprefix("channel/").split("/")
        page = channel_page(self.catalogue, folders[0], folders[1] if len(folders) > 1 else "")
        return Answer(page.encode()) if page else None

    def _watch(self, request: Request) -> Answer:
        cookies = request.headers.get("Cookie", "")
        if self.catalogue.consent_wall and "SOCS=CA" not in cookies and "CONSENT=YES" not in cookies:
            return Answer(CONSENT_PAGE.encode())
        return Answer(watch_page(self.catalogue.video(request.parameters.get("v", ""))).encode())

    def _interface(self, request: Request) -> Answer:
        body = json.loads(request.body or b"{}")
        call = request.path.removeprefix("/youtubei/v1/")
        video = self.catalogue.video(str(body.get("videoId", "")))
        if call == "player":
            return _json(player(video, request.client))
        if call == "next":
            return _json(initial_data(video))
        if call == "browse" and "continuation" in body:
            return _json(continuation(self.catalogue, body["continuation"]))
        if call == "browse":
            return _json(playlist(self.catalogue, str(body.get("browseId", "")).removeprefix("VL")))
        return Answer(b'{"error": {"code": 404, "message": "no such call"}}', "application/json", 404)

    def _timedtext(self, asked: dict[str, str]) -> Answer:
        video = self.catalogue.video(asked.get("v", ""))
        wanted = (asked.get("lang"), asked.get("kind", "manual"), asked.get("name", ""))
        track = next((t for t in video.tracks if (t.language, t.kind, t.variant) == wanted), None)
        form = asked.get("fmt", "srv1")
        if track is None or form not in TYPES:
            return Answer(b"", "text/html", 404)
        withheld = asked.get("exp") in ("xpe", "xpv") and "pot" not in asked  # shows as an empty answer, not an error
        text = "" if withheld else timedtext(track, form, asked.get("tlang", ""))
        return Answer(text.encode(), f"{TYPES[form]}; charset=UTF-8")


def _json(value: object) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=UTF-8")
