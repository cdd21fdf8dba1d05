"""The two real libraries, unpatched, with the fake YouTube as their proxy and certificate authority."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from yt_dlp import YoutubeDL
from yt_dlp.networking._requests import RequestsRH

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from tests.fakes.youtube import FakeYouTube


def session(fake: FakeYouTube) -> requests.Session:
    """A session that reaches only the fake; with `trust_env`, REQUESTS_CA_BUNDLE would override `verify`."""
    session = requests.Session()
    session.trust_env = False
    session.verify = fake.ca_bundle
    session.proxies = {"http": fake.proxy, "https": fake.proxy}
    return session


class DirectAdapter(HTTPAdapter):
    """Sends each https request to the fake's direct port instead of through its proxy.

    Behind a proxy, a dropped connection looks like a proxy error; this way it looks as it does to most users.
    Certificates are checked for the host of the URL.
    """

    def __init__(self, fake: FakeYouTube) -> None:
        self._port = fake.direct_port
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,  # noqa: FBT001 - the signature is that of requests
        proxies: object = None,  # noqa: ARG002 - there is no proxy on this way
        cert: Any = None,  # noqa: ANN401 - the signature is that of requests
    ) -> Any:  # noqa: ANN401 - the signature is that of requests
        """A pool of connections to the fake that requests and checks the certificate of the real host."""
        name = urlsplit(request.url or "").hostname
        host, pool = self.build_connection_pool_key_attributes(request, verify or False, cert)
        keys = {**pool, "server_hostname": name, "assert_hostname": name}
        return self.poolmanager.connection_from_host("127.0.0.1", self._port, host["scheme"], keys)

    def add_headers(self, request: requests.PreparedRequest, **_: object) -> None:
        """Name the real host, which the connection's address does not."""
        request.headers["Host"] = str(urlsplit(request.url or "").hostname)


def direct_session(fake: FakeYouTube) -> requests.Session:
    """A session that reaches the fake without a proxy."""
    session = requests.Session()
    session.trust_env = False
    session.verify = fake.ca_bundle
    session.mount("https://", DirectAdapter(fake))
    return session


OPTIONS: Mapping[str, Any] = {
    "quiet": True,
    "skip_download": True,
    "ignore_no_formats_error": True,
    "ignoreerrors": False,
    "allowed_extractors": ["youtube.*"],
    "cachedir": False,
    "socket_timeout": 20,
    "extractor_retries": 0,
    "compat_opts": {"no-certifi"},
    "extractor_args": {
        "youtube": {
            "player_client": ["visionos"],
            "player_skip": ["js", "configs"],
            "skip": ["hls", "dash", "translated_subs"],
            "raise_incomplete_data": ["1"],
        }
    },
}
"""Options of yt-dlp for metadata, captions and lists."""


class Log:
    """Keeps yt-dlp's warnings; nothing is printed."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def debug(self, _: str) -> None:
        """Not kept."""

    def warning(self, message: str) -> None:
        self.warnings.append(message)

    def error(self, _: str) -> None:
        """Not kept: errors are raised as well."""


class FakeYoutubeDL(YoutubeDL):  # type: ignore[misc] # yt-dlp is untyped
    """yt-dlp that trusts only the fake's certificate authority, whatever the environment."""

    def __init__(self, fake: FakeYouTube, **more: Any) -> None:  # noqa: ANN401 - options of yt-dlp
        """`more` overrides the options above."""
        self._bundle = fake.ca_bundle
        self.log = Log()
        super().__init__({**OPTIONS, "logger": self.log, "proxy": fake.proxy, **more})

    def build_request_director(self, _handlers: Any, preferences: Any = None) -> Any:  # noqa: ANN401 - untyped there
        """Only the handler of requests, with the fake's certificates loaded."""
        bundle = self._bundle

        class BundleRH(RequestsRH):  # type: ignore[misc] # yt-dlp is untyped
            def _make_sslcontext(self, **options: Any) -> ssl.SSLContext:  # noqa: ANN401 - untyped there
                context: ssl.SSLContext = super()._make_sslcontext(**options)
                context.load_verify_locations(bundle)
                return context

        return super().build_request_director([BundleRH], preferences)

    def video(self, id_: str) -> dict[str, Any]:
        """yt-dlp's metadata of a video."""
        return dict(self.extract_info(f"https://www.youtube.com/watch?v={id_}", download=False))
