"""The routes of the review desk: what a browser asks, handed to the desk, and its answer as a page. No rule is here."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.arabic.formatting import format_date, percent, timestamp
from pipeline.arabic.normalize import BIDI
from pipeline.errors import EditRefused, NoSuchDraft, PipelineError, Refusal, StaleDraft
from pipeline.review import view
from pipeline.review.blocks import blocks
from pipeline.review.diff import DiffRow, diff_blocks
from pipeline.review.edits import Edit, EditAction
from pipeline.review.i18n import ARABIC, ENGLISH, Messages, error_message, place_name
from pipeline.review.index import PAGE
from pipeline.review.security import BODY_MOST, PLAYER, AccessGuard, SessionSecrets
from pipeline.types.article import Flaw
from pipeline.types.review import Decision, QueueFilter, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from pipeline.review.articles import ReviewArticle
    from pipeline.review.desk import Desk

_OVERRIDES = re.compile(f"[{BIDI}]")
_LANGUAGE = "tadwin_language"
_FIELDS_MOST = 500
"""Fields of one form: as many as a page of the queue has, and more."""
_STATUS = {NoSuchDraft: 404, StaleDraft: 409, EditRefused: 422}


def application(desk: Desk, keys: SessionSecrets, *, port: int, player: str = PLAYER) -> ASGIApp:
    """The whole server as an ASGI application for this port of the loopback address, behind its guard."""
    web = DeskRoutes(desk, port=port, player=player)
    handlers: Mapping[Any, Any] = {PipelineError: web.failed, 404: web.missing, 405: web.missing}
    return AccessGuard(Starlette(routes=web.routes(), exception_handlers=handlers), keys=keys, port=port, player=player)


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """What one request says."""

    request: Request
    form: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        """The first value of a field of the form, or else of the address; empty when there is none."""
        found = (value for field, value in self.form if field == name)
        return next(found, self.request.query_params.get(name, ""))

    @property
    def video(self) -> str:
        """The id in the path."""
        return str(self.request.path_params.get("video", ""))

    @property
    def words(self) -> Messages:
        """The language that the reader chose."""
        return ENGLISH if self.request.cookies.get(_LANGUAGE) == "en" else ARABIC

    @property
    def scripted(self) -> bool:
        """Whether the page's own script asks, and wants data."""
        return "application/json" in self.request.headers.get("accept", "")

    def number(self, name: str) -> int:
        """A field as a whole number; 0 when it is none."""
        value = self[name]
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0  # noqa: PLR2004 - no index is longer


class DeskRoutes:
    """The pages of one desk."""

    def __init__(self, desk: Desk, *, port: int, player: str) -> None:
        """Serve this desk."""
        self._desk = desk
        self._player = player
        self._origin = f"http://127.0.0.1:{port}"
        self._pages = _environment()

    def routes(self) -> list[Route | Mount]:
        """Every address there is."""
        own = "/d/{video:str}"
        return [
            _route("/", self.queue),
            _route("/next", self.next),
            _route("/keys", self.keys),
            _route("/bulk", self.bulk, "POST"),
            _route("/language", self.language, "POST"),
            _route(own, self.draft),
            _route(f"{own}/diff", self.diff),
            _route(f"{own}/proposal", self.proposal),
            _route(f"{own}/block", self.block, "POST"),
            _route(f"{own}/decide", self.decide, "POST"),
            _route(f"{own}/restore", self.restore, "POST"),
            _route(f"{own}/take", self.take, "POST"),
            _route(f"{own}/regenerate", self.regenerate, "POST"),
            _route(f"{own}/accept", self.accept, "POST"),
            _route(f"{own}/export", self.export, "POST"),
            _route(f"{own}/term", self.term, "POST"),
            Mount("/static", StaticFiles(packages=[("pipeline.review", "static")])),
            Mount("/fonts", StaticFiles(packages=[("pipeline.export", "fonts")])),
        ]

    # --- reading ---

    def queue(self, ask: DeskRequest) -> Response:
        """The list of drafts."""
        wanted = QueueFilter(
            standing=next((standing for standing in ReviewStatus if standing == ask["status"]), None),
            words=ask["q"][:500],
            channel=ask["channel"],
            series=ask["series"],
            flaw=next((flaw.value for flaw in Flaw if flaw == ask["finding"]), ""),
            since=_date(ask["since"]),
            until=_date(ask["until"]),
        )
        number = max(1, ask.number("page"))
        shelf = self._desk.sheets.queue(wanted, number)
        return self._page(
            ask,
            "queue.html",
            shelf=shelf,
            wanted=wanted,
            counts=self._desk.sheets.counts(),
            channels=self._desk.sheets.channels(),
            series=self._desk.sheets.series(),
            flaws=tuple(Flaw),
            standings=tuple(ReviewStatus),
            number=number,
            last=max(1, -(-shelf.total // PAGE)),
            unreadable=self._desk.sheets.unreadable,
            address=lambda **other: _address(ask, **other),
            done=ask.number("done"),
            idle=ask["waiting"] == "none",
        )

    def next(self, ask: DeskRequest) -> Response:
        """On to the unreviewed draft with the weakest evidence."""
        video = self._desk.sheets.waiting(ask["after"][:64])
        return _to(f"/d/{video}" if video else "/?waiting=none")

    def keys(self, ask: DeskRequest) -> Response:
        """What the keys do."""
        return self._page(ask, "keys.html")

    def draft(self, ask: DeskRequest) -> Response:
        """One article beside its transcript."""
        return self._draft(ask, self._desk.sheets.open(ask.video))

    def diff(self, ask: DeskRequest) -> Response:
        """Two drafts of one article, word by word; without numbers the machine's and the one that counts."""
        sheet = self._desk.sheets.open(ask.video)
        old = self._desk.past(ask.video, ask.number("from"))[1] if ask["from"] else sheet.base.draft
        if ask["to"] == "offer" and sheet.offer:
            old, new = sheet.article.draft, sheet.offer.draft
        else:
            new = self._desk.past(ask.video, ask.number("to"))[1] if ask["to"] else sheet.article.draft
        return self._page(
            ask, "diff.html", sheet=sheet, rows=diff_blocks(old, new), offer="take" if ask["to"] == "offer" else ""
        )

    def proposal(self, ask: DeskRequest) -> Response:
        """A section written anew, beside the one that counts."""
        sheet = self._desk.sheets.open(ask.video)
        found = diff_blocks(sheet.article.draft, self._desk.proposed(ask.video, ask["place"]))
        return self._page(ask, "diff.html", sheet=sheet, rows=found, offer="accept", place_=ask["place"])

    # --- changing ---

    def block(self, ask: DeskRequest) -> Response:
        """Change one block; a page's script gets the block as it now stands."""
        action = next((action for action in EditAction if action == ask["action"]), EditAction.WRITE)
        edit = Edit(ask["place"], action, ask["text"], ask["wrong"], ask.number("statement"))
        try:
            sheet = self._desk.edit(ask.video, ask["seen"], edit)
        except StaleDraft as error:
            return self._conflict(ask, edit, error)
        if ask.scripted:
            return JSONResponse(self._state(ask, sheet, edit.place))
        return _to(f"/d/{ask.video}?saved=1#b-{quote(edit.place.replace('.', '-'))}")

    def decide(self, ask: DeskRequest) -> Response:
        """Approve, reject or send back."""
        decision = next((each for each in Decision if each == ask["decision"]), Decision.EDIT)
        sheet = self._desk.decide(ask.video, ask["seen"], decision, ask["reason"])
        if ask.scripted:
            return JSONResponse(self._state(ask, sheet, ""))
        return _to(f"/next?after={ask.video}" if ask["then"] == "next" else f"/d/{ask.video}?saved=1#decision")

    def restore(self, ask: DeskRequest) -> Response:
        """Make an earlier draft the one that counts."""
        self._desk.restore(ask.video, ask["seen"], ask.number("number"))
        return _to(f"/d/{ask.video}?saved=1")

    def take(self, ask: DeskRequest) -> Response:
        """Accept the machine's newer draft."""
        self._desk.take(ask.video, ask["seen"])
        return _to(f"/d/{ask.video}?saved=1")

    def regenerate(self, ask: DeskRequest) -> Response:
        """Have a section written anew, and show it."""
        self._desk.regenerate(ask.video, ask["seen"], ask["place"])
        return _to(f"/d/{ask.video}/proposal?{urlencode({'place': ask['place']})}")

    def accept(self, ask: DeskRequest) -> Response:
        """Accept a section written anew."""
        self._desk.accept(ask.video, ask["seen"], ask["place"])
        return _to(f"/d/{ask.video}?saved=1#b-{quote(ask['place'].replace('.', '-'))}")

    def export(self, ask: DeskRequest) -> Response:
        """Write out an approved article."""
        self._desk.export(ask.video, ask["seen"])
        return _to(f"/d/{ask.video}?saved=1#decision")

    def term(self, ask: DeskRequest) -> Response:
        """Keep a correction for the channel, or take it back."""
        self._desk.correct(ask.video, ask["wrong"], ask["right"], kept=ask["kept"] != "no")
        return _to(f"/d/{ask.video}?saved=1#glossary")

    def bulk(self, ask: DeskRequest) -> Response:
        """Approve or export what was chosen in the list; each choice is `id:digest`."""
        chosen = [(one.partition(":")[0], one.partition(":")[2]) for name, one in ask.form if name == "chosen"]
        decision = Decision.EXPORT if ask["action"] == "export" else Decision.APPROVE
        failed = self._desk.bulk(chosen, decision)
        if failed:
            return self._page(ask, "error.html", 409, title=ask.words["failed_some"], failed=failed)
        return _to(f"/?done={len(chosen)}")

    def language(self, ask: DeskRequest) -> Response:
        """Change the language of the interface."""
        answer = _to("/" + ask["back"].lstrip("/\\"))
        answer.set_cookie(_LANGUAGE, "en" if ask["to"] == "en" else "ar", httponly=True, samesite="strict", path="/")
        return answer

    # --- what goes wrong ---

    def failed(self, request: Request, error: Exception) -> Response:
        """An expected failure as a page, or as data for a script."""
        ask = DeskRequest(request)
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
        hint = error.hint if isinstance(error, PipelineError) else ""
        says = error_message(ask.words, error)
        if ask.scripted:
            return JSONResponse({"error": says, "hint": hint}, status)
        title = ask.words["conflict"] if isinstance(error, StaleDraft) else ask.words["error"]
        return self._page(ask, "error.html", status, title=title, says=says, hint=hint if says == str(error) else "")

    def missing(self, request: Request, error: Exception) -> Response:
        """No such page, or not in this way."""
        ask = DeskRequest(request)
        return self._page(ask, "error.html", getattr(error, "status_code", 404), title=ask.words["not_found"])

    def _conflict(self, ask: DeskRequest, edit: Edit, error: StaleDraft) -> Response:
        """Both texts, and a way to save the refused one after all."""
        sheet = self._desk.sheets.open(ask.video)
        current = next((block.text for block in blocks(sheet.article.draft) if block.place == edit.place), "")
        if ask.scripted:
            said = {"error": str(error), "draft": sheet.digest, "current": current, "yours": edit.text}
            return JSONResponse(said, 409)
        return self._page(ask, "conflict.html", 409, sheet=sheet, edit=edit, current=current)

    # --- how a page is made ---

    def _draft(self, ask: DeskRequest, sheet: ReviewArticle) -> Response:
        return self._page(
            ask,
            "draft.html",
            sheet=sheet,
            page=view.draft_page(sheet, ask.words, self._player, self._origin),
            saved=bool(ask["saved"]),
        )

    def _state(self, ask: DeskRequest, sheet: ReviewArticle, where: str) -> dict[str, object]:
        """What a page's script needs after a change."""
        pieces = view.draft_page(sheet, ask.words, self._player, self._origin).pieces
        piece = next((asdict(piece) for piece in pieces if piece.place == where), None)
        report = sheet.article.report
        return {
            "draft": sheet.digest,
            "standing": sheet.standing,
            "stands": ask.words[sheet.standing.value],
            "findings": len(report.findings),
            "evidence": f"{report.supported}/{report.statements}",
            "coverage": percent(report.covered),
            "block": piece,
        }

    def _page(self, ask: DeskRequest, name: str, status: int = 200, **values: object) -> HTMLResponse:
        url = ask.request.url
        here = url.path + (f"?{url.query}" if url.query else "")
        html = self._pages.get_template(name).render(w=ask.words, here=here, **values)
        return HTMLResponse(html, status)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_upright,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "text": view.text_runs,
        "clock": timestamp,
        "percent": percent,
        "day": format_date,
        "place": _place,
    }
    environment.tests["changed"] = _changed
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)  # compiled before the first page is asked for
    return environment


def _upright(value: object) -> object:
    """Any text without signs that turn it around: a title with them can show another name than it holds."""
    return _OVERRIDES.sub("", value) if type(value) is str else value


def _place(where: str, words: Messages) -> str:
    return place_name(words, where)


def _changed(row: DiffRow) -> bool:
    return row.changed


def _route(path: str, handler: Callable[[DeskRequest], Response], method: str = "GET") -> Route:
    """A route whose handler runs beside the event loop, since the desk works with files."""

    async def endpoint(request: Request) -> Response:
        form = await _form(request) if method == "POST" else ()
        return await run_in_threadpool(handler, DeskRequest(request, form))

    made: Callable[[Request], Awaitable[Response]] = endpoint
    return Route(path, made, methods=[method], name=f"{method} {path}")


async def _form(request: Request) -> tuple[tuple[str, str], ...]:
    """The fields of a form; raises `EditRefused` for too large a body, too many fields, or anything but a form."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MOST:
            raise EditRefused(Refusal.NOT_A_FORM)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS_MOST, errors="strict")
    except ValueError as error:
        raise EditRefused(Refusal.NOT_A_FORM) from error
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise EditRefused(Refusal.NOT_A_FORM)
    return tuple(fields)


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def _date(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _address(ask: DeskRequest, **other: object) -> str:
    """The address of the list with some of its conditions otherwise."""
    kept = {name: ask[name] for name in ("status", "q", "channel", "series", "finding", "since", "until")}
    values = kept | {name: str(value) for name, value in other.items()}
    return "/?" + urlencode({name: value for name, value in values.items() if value})
