"""Who may talk to the desk."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from pipeline.review.desk import Desk
from pipeline.review.security import BODY_MOST, new_secrets
from pipeline.review.web import DeskRoutes, application
from tests.fakes import desks
from tests.fakes.browser import KEYS, ORIGIN, OWN, PORT, Browser, opened

ONE = desks.article()
ID = ONE.script.video.id
FORM = {"seen": "0", "place": "title", "action": "write", "text": "دخيل"}


STRANGE_HOSTS = [
    *("evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", ""),
    *(f"127.0.0.1.evil.example:{PORT}", f"evil.example@127.0.0.1:{PORT}", f"127.0.0.1:{PORT}.evil.example"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of all these tests, since hardly any may change it."""
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def desk(folder: Path) -> Desk:
    """Its desk."""
    return desks.desk(folder, ONE)


def routes() -> list[tuple[str, str]]:
    """Method and an example address of every route there is."""
    found = []
    for route in DeskRoutes(cast("Desk", None), port=PORT, player="x").routes():  # only listed, never called
        path = route.path.replace("{video:str}", ID) + ("/desk.css" if isinstance(route, Mount) else "")
        methods = ["GET"] if isinstance(route, Mount) else sorted((route.methods or set()) - {"HEAD"})
        found += [(method, path) for method in methods]
    return found


def test_every_route_is_walked() -> None:
    """The walk below knows the whole server."""
    assert len(routes()) >= 18
    assert {method for method, _ in routes()} == {"GET", "POST"}


@pytest.mark.parametrize(("method", "path"), routes())
def test_no_route_answers_without_the_cookie(desk: Desk, folder: Path, method: str, path: str) -> None:
    """A stranger on this machine gets 401 everywhere, not a byte of a draft, and leaves nothing behind."""
    stranger = Browser(desk, entered=False)
    before = opened(folder)

    answer = stranger.client.request(method, path, headers=OWN, data=FORM if method == "POST" else None)

    assert answer.status_code == 401
    assert "الفرات" not in answer.text
    assert opened(folder) == before


@pytest.mark.parametrize(("method", "path"), routes())
@pytest.mark.parametrize("host", STRANGE_HOSTS)
def test_another_host_name_is_refused(desk: Desk, method: str, path: str, host: str) -> None:
    """A name that was made to point here (DNS rebinding) gets 421 from every route, even with the cookie."""
    browser = Browser(desk)

    assert browser.client.request(method, path, headers={**OWN, "Host": host}).status_code == 421


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_the_own_names_are_answered(desk: Desk, host: str) -> None:
    """Every name of the loopback address works."""
    browser = Browser(desk)

    assert browser.client.get("/", headers={"Host": host}).status_code == 200


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": ORIGIN.replace(str(PORT), "9999")},
    {"Origin": ORIGIN.replace("http:", "https:")},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {},
]


@pytest.mark.parametrize("path", [path for method, path in routes() if method == "POST"])
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_change_from_another_site_is_refused(desk: Desk, folder: Path, path: str, headers: dict[str, str]) -> None:
    """A foreign page cannot make the editor's browser change anything: 403 from every route that changes."""
    browser = Browser(desk)
    seen = browser.seen(ID)
    before = opened(folder)

    assert browser.post(path, {**FORM, "seen": seen}, headers).status == 403
    assert opened(folder) == before


@pytest.mark.parametrize("headers", [{"Origin": ORIGIN}, {"Sec-Fetch-Site": "same-origin"}, OWN], ids=str)
def test_a_change_from_the_own_page_is_taken(desk: Desk, headers: dict[str, str]) -> None:
    """Browsers that send only one of both headers can work too."""
    browser = Browser(desk)

    assert browser.post(f"/d/{ID}/block", {**FORM, "seen": browser.seen(ID)}, headers).status == 303


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_only_a_form_is_read(desk: Desk, kind: str) -> None:
    """Other kinds of body, which foreign pages can send without asking, are refused."""
    browser = Browser(desk)
    body = f"seen={browser.seen(ID)}&place=title&text=x"

    answer = browser.client.post(f"/d/{ID}/block", content=body, headers={**OWN, "Content-Type": kind})

    assert answer.status_code == 422


def test_the_start_token_gives_a_cookie_once(desk: Desk) -> None:
    """The token is exchanged for a cookie that no script and no other site gets; used, it opens nothing more."""
    browser = Browser(desk, entered=False)

    page = browser.post("/enter", {"token": KEYS.token}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"})

    assert (page.status, page.has(KEYS.token)) == (200, False)
    cookie = page.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert KEYS.token not in cookie
    assert browser.get(f"/d/{ID}").status == 200
    browser.client.cookies.clear()
    again = browser.post("/enter", {"token": KEYS.token})
    assert (again.status, "set-cookie" in again.headers) == (401, False)


def test_each_token_is_followed_by_another(desk: Desk) -> None:
    """So the file opens the desk in a second browser, too, and never twice with the same secret."""
    handed: list[str] = []
    client = TestClient(application(desk, KEYS, port=PORT, handed=handed.append), base_url=ORIGIN)

    for _ in range(3):
        token = handed[-1] if handed else KEYS.token
        assert client.post("/enter", data={"token": token}).status_code == 200
        assert client.post("/enter", data={"token": token}).status_code == 401

    assert len({KEYS.token, *handed}) == 4


@pytest.mark.parametrize(
    "form",
    ["token=", "token=wrong", "token=start-token2", "token=start-token&token=x", "", "a=b", "token=" + "x" * 5000],
)
def test_a_wrong_token_opens_nothing(desk: Desk, form: str) -> None:
    """Only the exact token is taken, and a wrong one uses nothing up."""
    browser = Browser(desk, entered=False)
    own = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = browser.client.post("/enter", content=form, headers=own)

    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert browser.post("/enter", {"token": KEYS.token}).status == 200


def test_no_address_carries_a_token(desk: Desk) -> None:
    """A token in an address, which histories and lists of processes keep, opens nothing."""
    browser = Browser(desk, entered=False)

    assert browser.get(f"/?token={KEYS.token}").status == 401
    assert browser.get(f"/enter?token={KEYS.token}").status == 401
    assert browser.client.post(f"/enter?token={KEYS.token}").status_code == 401


@pytest.mark.parametrize("foreign", ['prefs={"a": 1}', "a[1]=2", "ü=ü", "two words", "=", "x"])
def test_cookies_of_other_servers_lock_nobody_out(desk: Desk, foreign: str) -> None:
    """All ports of this machine share their cookies, and some programs write what no standard allows."""
    browser = Browser(desk, entered=False)
    both = f"{foreign}; tadwin_{PORT}={KEYS.cookie}; {foreign}"

    assert browser.client.get("/", headers={b"Cookie": both.encode()}).status_code == 200


@pytest.mark.parametrize("cookie", ["", "session-secret", "session-secre", "é", 'a"b;=', "start-token"])
def test_a_wrong_cookie_opens_nothing(desk: Desk, cookie: str) -> None:
    """Neither a near miss nor the token itself stands for the cookie; of another port it is another cookie."""
    browser = Browser(desk, entered=False)
    name = f"tadwin_{PORT}" if cookie != KEYS.cookie else f"tadwin_{PORT + 1}"

    answer = browser.client.get("/", headers={b"Cookie": f"{name}={cookie}".encode()})

    assert answer.status_code == 401


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "https://evil.example", "\\\\evil.example"])
def test_the_language_switch_leads_nowhere_else(desk: Desk, back: str) -> None:
    """The address to come back to is always one of this server."""
    place = Browser(desk).post("/language", {"to": "en", "back": back}).headers["location"]

    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


def test_a_body_too_large_is_refused(desk: Desk) -> None:
    """More than a megabyte, no length, or a false one, is not read."""
    browser = Browser(desk)
    big = {**FORM, "text": "x" * (BODY_MOST + 1)}

    assert browser.post(f"/d/{ID}/block", big).status == 413
    lying = {**OWN, "Content-Length": "-1", "Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post(f"/d/{ID}/block", content=b"a=b", headers=lying).status_code == 411
    parts = browser.client.post(f"/d/{ID}/block", content=iter([b"a=b"]), headers=OWN)
    assert parts.status_code == 411
    short = {**OWN, "Content-Length": "3", "Content-Type": "application/x-www-form-urlencoded"}
    assert browser.client.post(f"/d/{ID}/block", content=b"x" * (BODY_MOST + 2), headers=short).status_code == 422


@pytest.mark.parametrize(
    ("status", "path", "headers", "size"),
    [
        (421, "/", {"Host": "evil.example"}, 0),
        (414, f"/?q={'x' * 5_000}", OWN, 0),
        (403, "/bulk", {"Origin": "http://evil.example"}, 1),
        (413, "/bulk", OWN, 1_100_000),
    ],
)
def test_the_guard_refuses_in_both_languages(
    desk: Desk, status: int, path: str, headers: dict[str, str], size: int
) -> None:
    """Whoever is refused before the desk knows their language reads why in Arabic and in English."""
    client = Browser(desk).client
    form = {"text": "x" * size}
    answer = client.post(path, data=form, headers=headers) if size else client.get(path, headers=headers)

    assert answer.status_code == status
    arabic, english = answer.text.splitlines()
    assert not arabic.isascii()
    assert english.isascii()


def test_a_form_of_endless_fields_is_refused(desk: Desk) -> None:
    """Neither a thousand fields nor broken text breaks the server."""
    browser = Browser(desk)
    own = {**OWN, "Content-Type": "application/x-www-form-urlencoded"}

    for body in (b"&".join(b"a=%d" % n for n in range(1000)), b"text=\xff\xfe", b"text=%ff"):
        assert browser.client.post(f"/d/{ID}/block", content=body, headers=own).status_code == 422
    assert browser.get("/?" + "a" * 5000).status == 414


@pytest.mark.parametrize(("method", "path"), [*routes(), ("GET", "/nowhere"), ("PUT", "/"), ("DELETE", f"/d/{ID}")])
@pytest.mark.parametrize("entered", [True, False])
def test_every_answer_carries_the_headers(desk: Desk, method: str, path: str, *, entered: bool) -> None:
    """Pages, redirects, refusals and errors: none may be framed, cached, sniffed, or run foreign script."""
    browser = Browser(desk, entered=entered)

    headers = browser.client.request(method, path, headers=OWN, data=FORM if method == "POST" else None).headers

    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "frame-src": "https://www.youtube-nocookie.com",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
    }
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_a_web_socket_is_never_opened(desk: Desk) -> None:
    """There is no second way in."""
    with pytest.raises(WebSocketDisconnect), Browser(desk).client.websocket_connect("/", timeout=5):
        pass


def test_keys_are_fresh_and_long() -> None:
    """Each run has two secrets of its own that nobody guesses."""
    keys = [new_secrets() for _ in range(50)]

    secrets = {secret for pair in keys for secret in (pair.token, pair.cookie)}
    assert len(secrets) == 100
    assert min(map(len, secrets)) >= 43
