"""The routes of the review desk: a browser's request goes to the desk, and its answer becomes a page."""

from __future__ import annotations

import re
from collections.abc import Callable
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

from pipeline.arabic.formatting import format_date, percent
from pipeline.arabic.normalize import BIDI
from pipeline.errors import EditRefused, NoSuchDraft, PipelineError, Refusal, StaleDraft
from pipeline.review import view
from pipeline.review.blocks import blocks
from pipeline.review.diff import diff_blocks
from pipeline.review.edits import Edit, EditAction
from pipeline.review.i18n import ARABIC, ENGLISH, Messages, error_message
from pipeline.review.index import PAGE
from pipeline.review.security import BODY_MOST, PLAYER, AccessGuard, SessionSecrets
from pipeline.types.article import Flaw
from pipeline.types.review import Decision, QueueFilter, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from pipeline.review.articles import ReviewArticle
    from pipeline.review.desk import Desk

_BIDI_CONTROLS = re.compile(f"[{BIDI}]")
_LANGUAGE_COOKIE = "tadwin_language"
_CONDITIONS = ("status", "q", "channel", "series", "finding", "since", "until")
"""Parameters of the queue's URL that narrow it."""
_FIELDS_MOST = 500
"""Fields of one form: as many as a page of the queue has, and more."""
_STATUS_CODES = {NoSuchDraft: 404, StaleDraft: 409, EditRefused: 422}


def application(desk: Desk, session: SessionSecrets, *, port: int, player: str = PLAYER) -> ASGIApp:
    """The whole server as an ASGI application for this port of the loopback address, behind its guard."""
    pages = DeskRoutes(desk, port=port, player=player)
    handlers: Mapping[Any, Any] = {PipelineError: pages.failed, 404: pages.not_found, 405: pages.not_found}
    app = Starlette(routes=pages.routes(), exception_handlers=handlers)
    return AccessGuard(app, session=session, port=port, player=player)


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """A request to the desk, with the fields of its form.

    `request["name"]` is the first value of a field of the form, or else of the URL's query; empty when there is none.
    """

    http: Request
    form: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        values = (value for field, value in self.form if field == name)
        return next(values, self.http.query_params.get(name, ""))

    @property
    def video(self) -> str:
        """The id in the path."""
        return str(self.http.path_params.get("video", ""))

    @property
    def messages(self) -> Messages:
        """The interface in the language that the reader chose."""
        return ENGLISH if self.http.cookies.get(_LANGUAGE_COOKIE) == "en" else ARABIC

    @property
    def wants_json(self) -> bool:
        """Whether the page's own script asks."""
        return "application/json" in self.http.headers.get("accept", "")

    def number(self, name: str) -> int:
        """A field as a whole number; 0 when it is none."""
        value = self[name]
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0  # noqa: PLR2004 - no index is longer


_Handler = Callable[["DeskRoutes", DeskRequest], Response]
_HANDLERS: list[tuple[str, str, _Handler]] = []
"""Method, path and handler of every route."""


def _route(method: str, path: str) -> Callable[[_Handler], _Handler]:
    """Make a method of `DeskRoutes` the handler of a path."""

    def register(handler: _Handler) -> _Handler:
        _HANDLERS.append((method, path, handler))
        return handler

    return register


class DeskRoutes:
    """The pages of one desk."""

    def __init__(self, desk: Desk, *, port: int, player: str) -> None:
        self._desk = desk
        self._player = player
        self._origin = f"http://127.0.0.1:{port}"
        self._templates = _template_environment()

    def routes(self) -> list[Route | Mount]:
        return [
            *(self._starlette_route(method, path, handler) for method, path, handler in _HANDLERS),
            Mount("/static", StaticFiles(packages=[("pipeline.review", "static")])),
            Mount("/fonts", StaticFiles(packages=[("pipeline.export", "fonts")])),
        ]

    def _starlette_route(self, method: str, path: str, handler: _Handler) -> Route:
        """A route whose handler runs beside the event loop, since the desk works with files."""

        async def endpoint(http: Request) -> Response:
            form = await _read_form(http) if method == "POST" else ()
            return await run_in_threadpool(handler, self, DeskRequest(http, form))

        return Route(path, endpoint, methods=[method], name=f"{method} {path}")

    # --- reading ---

    @_route("GET", "/")
    def queue(self, request: DeskRequest) -> Response:
        """The list of drafts."""
        conditions = QueueFilter(
            status=next((status for status in ReviewStatus if status == request["status"]), None),
            words=request["q"][:500],
            channel=request["channel"],
            series=request["series"],
            flaw=next((flaw.value for flaw in Flaw if flaw == request["finding"]), ""),
            since=_date(request["since"]),
            until=_date(request["until"]),
        )

        def address(**changes: object) -> str:
            """This list with some of its parameters changed."""
            values = {name: request[name] for name in _CONDITIONS} | {name: str(to) for name, to in changes.items()}
            return "/?" + urlencode({name: value for name, value in values.items() if value})

        articles = self._desk.articles
        number = max(1, request.number("page"))
        page = articles.queue(conditions, number)
        return self._page(
            request,
            "queue.html",
            page=page,
            conditions=conditions,
            counts=articles.status_counts(),
            channels=articles.channels(),
            series=articles.series(),
            flaws=tuple(Flaw),
            statuses=tuple(ReviewStatus),
            number=number,
            last=max(1, -(-page.total // PAGE)),
            unreadable=articles.unreadable,
            address=address,
            done=request.number("done"),
            nothing_waits=request["waiting"] == "none",
        )

    @_route("GET", "/next")
    def next(self, request: DeskRequest) -> Response:
        """On to the unreviewed draft with the weakest evidence."""
        video = self._desk.articles.next_unreviewed(request["after"][:64])
        return _redirect(f"/d/{video}" if video else "/?waiting=none")

    @_route("GET", "/keys")
    def keys(self, request: DeskRequest) -> Response:
        """The keyboard shortcuts."""
        return self._page(request, "keys.html")

    @_route("GET", "/d/{video:str}")
    def draft(self, request: DeskRequest) -> Response:
        """One article beside its transcript."""
        review = self._desk.articles.open(request.video)
        page = view.draft_page(review, request.messages, self._player, self._origin)
        return self._page(request, "draft.html", review=review, page=page, saved=bool(request["saved"]))

    @_route("GET", "/d/{video:str}/diff")
    def diff(self, request: DeskRequest) -> Response:
        """Two drafts of one article, word by word; by default the machine's and the current one."""
        review = self._desk.articles.open(request.video)
        offered = request["to"] == "offer"
        old = self._desk.past(request.video, request.number("from"))[1] if request["from"] else review.base.draft
        if offered and review.newer:
            old, new = review.article.draft, review.newer.draft
        else:
            new = self._desk.past(request.video, request.number("to"))[1] if request["to"] else review.article.draft
        rows = diff_blocks(old, new)
        return self._page(request, "diff.html", review=review, rows=rows, accept_with="take" if offered else "")

    @_route("GET", "/d/{video:str}/proposal")
    def proposal(self, request: DeskRequest) -> Response:
        """A section written anew, beside the current one."""
        review = self._desk.articles.open(request.video)
        rows = diff_blocks(review.article.draft, self._desk.proposed(request.video, request["place"]))
        return self._page(
            request, "diff.html", review=review, rows=rows, accept_with="accept", section=request["place"]
        )

    # --- changing ---

    @_route("POST", "/d/{video:str}/block")
    def block(self, request: DeskRequest) -> Response:
        """Change one block; a page's script gets the changed block."""
        action = next((action for action in EditAction if action == request["action"]), EditAction.WRITE)
        edit = Edit(request["place"], action, request["text"], request["wrong"], request.number("statement"))
        try:
            review = self._desk.edit(request.video, request["seen"], edit)
        except StaleDraft as error:
            return self._conflict(request, edit, error)
        if request.wants_json:
            return self._state(request, review, edit.place)
        return _redirect(f"/d/{request.video}?saved=1{_anchor(edit.place)}")

    @_route("POST", "/d/{video:str}/decide")
    def decide(self, request: DeskRequest) -> Response:
        """Approve, reject or send back."""
        decision = next((decision for decision in Decision if decision == request["decision"]), Decision.EDIT)
        review = self._desk.decide(request.video, request["seen"], decision, request["reason"])
        if request.wants_json:
            return self._state(request, review, "")
        if request["then"] == "next":
            return _redirect(f"/next?after={request.video}")
        return _redirect(f"/d/{request.video}?saved=1#decision")

    @_route("POST", "/d/{video:str}/restore")
    def restore(self, request: DeskRequest) -> Response:
        """Make an earlier draft the current one."""
        self._desk.restore(request.video, request["seen"], request.number("number"))
        return _redirect(f"/d/{request.video}?saved=1")

    @_route("POST", "/d/{video:str}/take")
    def take(self, request: DeskRequest) -> Response:
        """Replace the draft by the machine's newer one."""
        self._desk.take_newer(request.video, request["seen"])
        return _redirect(f"/d/{request.video}?saved=1")

    @_route("POST", "/d/{video:str}/regenerate")
    def regenerate(self, request: DeskRequest) -> Response:
        """Have a section written anew, and show it."""
        self._desk.regenerate(request.video, request["seen"], request["place"])
        return _redirect(f"/d/{request.video}/proposal?{urlencode({'place': request['place']})}")

    @_route("POST", "/d/{video:str}/accept")
    def accept(self, request: DeskRequest) -> Response:
        """Put the section written anew into the draft."""
        self._desk.accept(request.video, request["seen"], request["place"])
        return _redirect(f"/d/{request.video}?saved=1{_anchor(request['place'])}")

    @_route("POST", "/d/{video:str}/export")
    def export(self, request: DeskRequest) -> Response:
        """Write the files of an approved article."""
        self._desk.export(request.video, request["seen"])
        return _redirect(f"/d/{request.video}?saved=1#decision")

    @_route("POST", "/d/{video:str}/term")
    def term(self, request: DeskRequest) -> Response:
        """Save a correction for the channel, or withdraw it."""
        self._desk.correct(request.video, request["wrong"], request["right"], kept=request["kept"] != "no")
        return _redirect(f"/d/{request.video}?saved=1#glossary")

    @_route("POST", "/bulk")
    def bulk(self, request: DeskRequest) -> Response:
        """Approve or export the drafts selected in the list; each selection is `id:digest`."""
        chosen = [
            (value.partition(":")[0], value.partition(":")[2]) for name, value in request.form if name == "chosen"
        ]
        decision = Decision.EXPORT if request["action"] == "export" else Decision.APPROVE
        failed = self._desk.decide_many(chosen, decision)
        if failed:
            return self._page(request, "error.html", 409, title=request.messages["failed_some"], failed=failed)
        return _redirect(f"/?done={len(chosen)}")

    @_route("POST", "/language")
    def language(self, request: DeskRequest) -> Response:
        """Change the language of the interface."""
        response = _redirect("/" + request["back"].lstrip("/\\"))
        language = "en" if request["to"] == "en" else "ar"
        response.set_cookie(_LANGUAGE_COOKIE, language, httponly=True, samesite="strict", path="/")
        return response

    # --- errors ---

    def failed(self, http: Request, error: Exception) -> Response:
        """An expected failure as a page, or as data for a script."""
        request = DeskRequest(http)
        status = next((code for kind, code in _STATUS_CODES.items() if isinstance(error, kind)), 500)
        hint = error.hint if isinstance(error, PipelineError) else ""
        message = error_message(request.messages, error)
        if request.wants_json:
            return JSONResponse({"error": message, "hint": hint}, status)
        title = request.messages["conflict" if isinstance(error, StaleDraft) else "error"]
        hint = hint if message == str(error) else ""  # hints are in English only
        return self._page(request, "error.html", status, title=title, message=message, hint=hint)

    def not_found(self, http: Request, error: Exception) -> Response:
        """No such page, or no such method."""
        request = DeskRequest(http)
        status = getattr(error, "status_code", 404)
        return self._page(request, "error.html", status, title=request.messages["not_found"])

    def _conflict(self, request: DeskRequest, edit: Edit, error: StaleDraft) -> Response:
        """Both texts, and a way to save the refused one after all."""
        review = self._desk.articles.open(request.video)
        current = next((block.text for block in blocks(review.article.draft) if block.place == edit.place), "")
        if request.wants_json:
            content = {"error": str(error), "draft": review.digest, "current": current, "yours": edit.text}
            return JSONResponse(content, 409)
        return self._page(request, "conflict.html", 409, review=review, edit=edit, current=current)

    # --- responses ---

    def _state(self, request: DeskRequest, review: ReviewArticle, place: str) -> JSONResponse:
        """What a page's script needs after a change."""
        page = view.draft_page(review, request.messages, self._player, self._origin)
        report = review.article.report
        content = {
            "draft": review.digest,
            "standing": review.status,
            "stands": request.messages[review.status.value],
            "findings": len(report.findings),
            "evidence": f"{report.supported + report.confirmed}/{report.statements}",
            "coverage": percent(report.covered),
            "block": next((asdict(block) for block in page.blocks if block.place == place), None),
        }
        return JSONResponse(content)

    def _page(self, request: DeskRequest, name: str, status: int = 200, **values: object) -> HTMLResponse:
        url = request.http.url
        here = url.path + (f"?{url.query}" if url.query else "")
        html = self._templates.get_template(name).render(t=request.messages, here=here, **values)
        return HTMLResponse(html, status)


def _template_environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_without_bidi_controls,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"runs": view.runs, "percent": percent, "day": format_date}
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)  # compiled before the first page is asked for
    return environment


def _without_bidi_controls(value: object) -> object:
    """Any text without direction controls: a title with them can show another name than it holds."""
    return _BIDI_CONTROLS.sub("", value) if type(value) is str else value


async def _read_form(http: Request) -> tuple[tuple[str, str], ...]:
    """The fields of a form; raises `EditRefused` for too large a body, too many fields, or anything but a form."""
    body = bytearray()
    async for chunk in http.stream():
        body += chunk
        if len(body) > BODY_MOST:
            raise EditRefused(Refusal.NOT_A_FORM)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS_MOST, errors="strict")
    except ValueError as error:
        raise EditRefused(Refusal.NOT_A_FORM) from error
    if not http.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise EditRefused(Refusal.NOT_A_FORM)
    return tuple(fields)


def _redirect(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def _anchor(place: str) -> str:
    """The fragment of a block on the page of its draft."""
    return f"#b-{quote(place.replace('.', '-'))}"


def _date(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
