"""The two real libraries, unpatched, pointed at a fake YouTube: a proxy and a certificate authority, nothing else."""

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
    """A session that reaches only the fake; `trust_env` must be off or REQUESTS_CA_BUNDLE beats `verify`."""
    made = requests.Session()
    made.trust_env = False
    made.verify = fake.ca_bundle
    made.proxies = {"http": fake.proxy, "https": fake.proxy}
    return made


class DirectAdapter(HTTPAdapter):
    """Sends each https request to the fake's direct port instead of through its proxy.

    Behind a proxy a dropped connection looks like a trouble of the proxy; this way it looks as it does to most users.
    Certificates are checked for the host that was asked for.
    """

    def __init__(self, fake: FakeYouTube) -> None:
        """An adapter for `session.mount("https://", ...)`."""
        self._port = fake.direct_port
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,  # noqa: FBT001 - the signature is that of requests
        proxies: object = None,  # noqa: ARG002 - there is no proxy on this way
        cert: Any = None,  # noqa: ANN401 - the signature is that of requests
    ) -> Any:  # noqa: ANN401 - the signature is that of requests
        """A pool of connections to the fake that asks for, and checks, the certificate of the true host."""
        name = urlsplit(request.url or "").hostname
        host, pool = self.build_connection_pool_key_attributes(request, verify or False, cert)
        keys = {**pool, "server_hostname": name, "assert_hostname": name}
        return self.poolmanager.connection_from_host("127.0.0.1", self._port, host["scheme"], keys)

    def add_headers(self, request: requests.PreparedRequest, **_: object) -> None:
        """Say which host is meant; the address of the connection does not."""
        request.headers["Host"] = str(urlsplit(request.url or "").hostname)


def direct_session(fake: FakeYouTube) -> requests.Session:
    """A session that reaches the fake without a proxy."""
    made = requests.Session()
    made.trust_env = False
    made.verify = fake.ca_bundle
    made.mount("https://", DirectAdapter(fake))
    return made


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
"""How yt-dlp is asked for metadata, captions and lists."""


class Log:
    """Keeps yt-dlp's warnings; nothing is printed."""

    def __init__(self) -> None:
        """Begin empty."""
        self.warnings: list[str] = []

    def debug(self, _: str) -> None:
        """Passed over."""

    def warning(self, message: str) -> None:
        """Kept."""
        self.warnings.append(message)

    def error(self, _: str) -> None:
        """Passed over: errors are raised as well."""


class FakeYoutubeDL(YoutubeDL):  # type: ignore[misc] # yt-dlp is untyped
    """yt-dlp that trusts only the fake's authority: no environment, no global state."""

    def __init__(self, fake: FakeYouTube, **more: Any) -> None:  # noqa: ANN401 - options of yt-dlp
        """Take the options above and the fake's proxy; `more` wins."""
        self._bundle = fake.ca_bundle
        self.log = Log()
        super().__init__({**OPTIONS, "logger": self.log, "proxy": fake.proxy, **more})

    def build_request_director(self, _handlers: Any, preferences: Any = None) -> Any:  # noqa: ANN401 - untyped there
        """Only requests is used, with the bundle loaded."""
        bundle = self._bundle

        class BundleRH(RequestsRH):  # type: ignore[misc] # yt-dlp is untyped
            def _make_sslcontext(self, **options: Any) -> ssl.SSLContext:  # noqa: ANN401 - untyped there
                context: ssl.SSLContext = super()._make_sslcontext(**options)
                context.load_verify_locations(bundle)
                return context

        return super().build_request_director([BundleRH], preferences)

    def video(self, id_: str) -> dict[str, Any]:
        """What yt-dlp says of a video."""
        return dict(self.extract_info(f"https://www.youtube.com/watch?v={id_}", download=False))
