"""The routes of the review desk: a browser's request goes to the desk, and its answer becomes a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.formatting import format_date, percent, timestamp
from pipeline.arabic.normalize import BIDI, fold
from pipeline.arabic.terms import Term
from pipeline.errors import EditRefused, NoSuchDraft, PipelineError, Refusal, StaleDraft
from pipeline.export import clean
from pipeline.review import everywhere, view
from pipeline.review.blocks import blocks
from pipeline.review.desk import TERM_MOST
from pipeline.review.diff import diff_blocks
from pipeline.review.edits import TEXT_MOST, Edit, EditAction, place_after
from pipeline.review.finding_view import finding_view
from pipeline.review.i18n import ARABIC, ENGLISH, Messages, error_message
from pipeline.review.index import PAGE
from pipeline.review.list_address import ListAddress, came_from, list_address, placed
from pipeline.review.security import BODY_MOST, PLAYER, AccessGuard, SessionSecrets
from pipeline.review.sittings import local_time, sittings
from pipeline.types.article import OF_THE_WHOLE, Flaw
from pipeline.types.review import UNREVIEWED, Decision, FindingKey, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from pipeline.review.articles import ReviewArticle
    from pipeline.review.desk import Desk
    from pipeline.types.review import QueueRow

_BIDI_CONTROLS = re.compile(f"[{BIDI}]")
_LANGUAGE_COOKIE = "tadwin_language"
SECONDS_MOST = 86_400
"""Longest work on one draft that is believed, in seconds."""
_FIELDS_MOST = 500
"""Fields of one form: as many as a page of the queue has, and more."""
_EVERY_PLACE = "*"
"""Asks for the state of all blocks."""
_STATUS_CODES = {NoSuchDraft: 404, StaleDraft: 409, EditRefused: 422}


def application(
    desk: Desk,
    session: SessionSecrets,
    *,
    port: int,
    player: str = PLAYER,
    handed: Callable[[str], None] = lambda _: None,
) -> ASGIApp:
    """The whole server as an ASGI application for this port of the loopback address, behind its guard.

    `handed` gets each new start token when the one before it was used.
    """
    pages = DeskRoutes(desk, port=port, player=player)
    handlers: Mapping[Any, Any] = {PipelineError: pages.failed, 404: pages.not_found, 405: pages.not_found}
    app = Starlette(routes=pages.routes(), exception_handlers=handlers)
    return AccessGuard(app, session=session, port=port, player=player, handed=handed)


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
    def place(self) -> ListAddress:
        """The list that the reader came from, and the draft's place in it."""
        return came_from(self["in"], self.http.headers.get("referer", ""))

    @property
    def messages(self) -> Messages:
        """The interface in the language that the reader chose."""
        return ENGLISH if self.http.cookies.get(_LANGUAGE_COOKIE) == "en" else ARABIC

    @property
    def wants_json(self) -> bool:
        """Whether the page's own script asks."""
        return "application/json" in self.http.headers.get("accept", "")

    def number(self, name: str) -> int:
        """A field as a whole number, in any digits; 0 when it is none."""
        value = fold(self[name]).strip()
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
        self._port = port
        self._origin = f"http://127.0.0.1:{port}"
        self._templates = page_templates()

    def routes(self) -> list[Route | Mount]:
        return [
            *(self._starlette_route(method, path, handler) for method, path, handler in _HANDLERS),
            Mount("/static", StaticFiles(packages=[("pipeline.review", "static")])),
            Mount("/fonts", StaticFiles(packages=[("pipeline.export", "fonts")])),
        ]

    def _starlette_route(self, method: str, path: str, handler: _Handler) -> Route:
        """A route whose handler runs beside the event loop, since the desk works with files."""

        async def endpoint(http: Request) -> Response:
            try:
                form = await _read_form(http) if method == "POST" else ()
            except ClientDisconnect:  # the editor left in the middle of sending; nobody hears the answer
                return Response(status_code=400)
            request = DeskRequest(http, form)
            return _with_place(await run_in_threadpool(handler, self, request), request.place)

        return Route(path, endpoint, methods=[method], name=f"{method} {path}")

    # --- reading ---

    @_route("GET", "/")
    def queue(self, request: DeskRequest) -> Response:
        """The list of drafts."""
        place = list_address(dict(request.http.query_params))
        conditions, articles = place.conditions(), self._desk.articles
        number = max(1, request.number("page"))
        page, counts = articles.queue(conditions, number), articles.status_counts()
        return self._page(
            request,
            "queue.html",
            page=page,
            conditions=conditions,
            counts=counts,
            to_review=sum(counts[status] for status in UNREVIEWED),
            channels=articles.channels(),
            series=articles.series(),
            flaws=tuple(Flaw),
            statuses=tuple(ReviewStatus),
            decision_seconds=articles.decision_seconds(),
            unreviewed=UNREVIEWED,
            number=number,
            last=max(1, -(-page.total // PAGE)),
            unreadable=articles.unreadable,
            place=place,
            all_chosen=request["choose"] == "all",
            done=request.number("done"),
            waiting=request["waiting"],
        )

    @_route("GET", "/next")
    def next(self, request: DeskRequest) -> Response:
        """On to the next draft of the present list that waits for a decision, going down from `after`."""
        place, after = list_address(dict(request.http.query_params)), request["after"][:64]
        conditions, articles = place.conditions(), self._desk.articles
        video = articles.next_unreviewed(conditions, after, place.below)
        if video:
            (row,) = articles.rows((video,))
            return _redirect(placed(f"/d/{video}", replace(place, below=row.weakness)))
        above = after and articles.next_unreviewed(conditions)
        return _redirect(place.changed(waiting="above" if above else "none"))

    @_route("GET", "/keys")
    def keys(self, request: DeskRequest) -> Response:
        """The keyboard shortcuts."""
        return self._page(request, "keys.html")

    @_route("GET", "/d/{video:str}")
    def draft(self, request: DeskRequest) -> Response:
        """One article beside its transcript."""
        review = self._desk.articles.open(request.video)
        self._desk.mark_opened(review)
        page = self._draft_page(request, review)
        steps, place = self._desk.steps(review), request.place
        (row,) = self._desk.articles.rows((review.video,))
        if place.below is None:
            place = replace(place, below=row.weakness)
        return self._page(
            request,
            "draft.html",
            review=review,
            page=page,
            steps=steps,
            row=row,
            place=place,
            saved=bool(request["saved"]),
            history=sittings(review.history.events),
            exported=self._desk.exports.folder(review),
            shows_folders=self._desk.shows_folders,
            taken_back=bool(request["taken-back"]),
        )

    @_route("GET", "/d/{video:str}/copy")
    def copy(self, request: DeskRequest) -> Response:
        """The approved article alone, to be copied."""
        review = self._desk.articles.open(request.video)
        article = self._desk.exports.article(review)
        markdown = clean.export_markdown(article).decode()
        return self._page(request, "copy.html", review=review, page=clean.clean_page(article), markdown=markdown)

    @_route("GET", "/d/{video:str}/files/{name:str}")
    def file(self, request: DeskRequest) -> Response:
        """A file of the approved article, as an export writes it."""
        review, name = self._desk.articles.open(request.video), str(request.http.path_params["name"])
        data = self._desk.exports.files(review).get(name)
        if data is None:
            return self.not_found(request.http, NoSuchDraft(name))
        headers = {"Content-Disposition": f'attachment; filename="{request.video}.{name.partition(".")[2]}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)

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
        return _changed(review, place_after(edit, review.article.draft))

    @_route("POST", "/d/{video:str}/undo")
    def undo(self, request: DeskRequest) -> Response:
        """Take back the last step."""
        return _changed(self._desk.undo(request.video, request["seen"]))

    @_route("POST", "/d/{video:str}/redo")
    def redo(self, request: DeskRequest) -> Response:
        """Make the step again that was taken back last."""
        return _changed(self._desk.redo(request.video, request["seen"]))

    @_route("POST", "/d/{video:str}/decide")
    def decide(self, request: DeskRequest) -> Response:
        """Approve, reject or send back."""
        decision = next((decision for decision in Decision if decision == request["decision"]), Decision.EDIT)
        seconds = min(request.number("seconds"), SECONDS_MOST) or None
        before = self._desk.articles.open(request.video)
        doubted = any(finding.flaw not in OF_THE_WHOLE for finding in before.article.report.findings)
        asks = decision is Decision.APPROVE and doubted and request["sure"] != "yes"
        if asks and request["seen"] == before.digest:
            return self._ask_about_findings(request, before, seconds)
        had_files = self._desk.exports.folder(before) is not None
        review = self._desk.decide(request.video, request["seen"], decision, request["reason"], seconds)
        taken_back = "&taken-back=1" if had_files and self._desk.exports.folder(review) is None else ""
        if request["then"] == "export" and decision is Decision.APPROVE:
            self._desk.export(request.video, review.digest)
        if request.wants_json:
            return self._state(request, review, "")
        if request["then"] == "next":
            return _redirect("/next?" + "&".join(filter(None, (f"after={request.video}", request.place.query))))
        return _redirect(f"/d/{request.video}?saved=1{taken_back}#decision")

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

    @_route("POST", "/d/{video:str}/show-folder")
    def show_folder(self, request: DeskRequest) -> Response:
        """Open the folder of the exported files on this machine."""
        self._desk.show_folder(request.video)
        return _redirect(f"/d/{request.video}#decision")

    @_route("POST", "/d/{video:str}/term")
    def term(self, request: DeskRequest) -> Response:
        """Save a correction for the channel, or withdraw it."""
        self._desk.correct(request.video, request["wrong"], request["right"], kept=request["kept"] != "no")
        return _redirect(f"/d/{request.video}?saved=1#glossary")

    @_route("POST", "/bulk")
    def bulk(self, request: DeskRequest) -> Response:
        """Approve, reject or export the drafts selected in the list; each selection is `id:digest`.

        What is approved or rejected is shown first, with what speaks against it.
        """
        chosen = [
            (value.partition(":")[0], value.partition(":")[2]) for name, value in request.form if name == "chosen"
        ]
        decisions = {"export": Decision.EXPORT, "reject": Decision.REJECT}
        decision = decisions.get(request["action"], Decision.APPROVE)
        place = request.place
        if not chosen:
            return _redirect(place.changed())
        doubts = self._desk.doubts(chosen)
        if decision is not Decision.EXPORT and not request["confirmed"]:
            return self._page(request, "bulk.html", decision=decision, doubts=doubts, place=place)
        if request["confirmed"] == "sound":
            chosen = [(doubt.row.id, doubt.seen) for doubt in doubts if doubt.is_sound]
        failed = self._desk.decide_many(chosen, decision, request["reason"])
        if failed:
            return self._failed_some(request, failed)
        return _redirect(place.changed(done=len(chosen)))

    @_route("POST", "/language")
    def language(self, request: DeskRequest) -> Response:
        """Change the language of the interface."""
        response = _redirect("/" + request["back"].lstrip("/\\"))
        language = "en" if request["to"] == "en" else "ar"
        response.set_cookie(_LANGUAGE_COOKIE, language, httponly=True, samesite="strict", path="/")
        return response

    # --- findings ---

    @_route("POST", "/d/{video:str}/check")
    def check(self, request: DeskRequest) -> Response:
        """Mark a finding as checked, or let it count again."""
        flaw = next((flaw for flaw in Flaw if flaw == request["flaw"]), Flaw.UNCITED)
        key = FindingKey(flaw, request["text"], request["detail"])
        self._desk.check_finding(request.video, request["seen"], key, checked=request["kept"] != "no")
        return _redirect(f"/d/{request.video}?saved=1{_anchor(request['place']) if request['place'] else ''}")

    @_route("GET", "/d/{video:str}/state")
    def state(self, request: DeskRequest) -> Response:
        """The draft as it now is, for a page that waits for a judge."""
        return self._state(request, self._desk.articles.open(request.video), _EVERY_PLACE)

    @_route("GET", "/d/{video:str}/approve")
    def approve(self, request: DeskRequest) -> Response:
        """The findings that nobody has checked, named before the draft is approved."""
        review = self._desk.articles.open(request.video)
        found = [
            (each.place, finding_view(each, request.messages, judged=review.judged))
            for each in review.article.report.findings
        ]
        then, seconds = request["then"], request.number("seconds")
        return self._page(request, "approve.html", review=review, open=found, then=then, seconds=seconds)

    def _ask_about_findings(self, request: DeskRequest, review: ReviewArticle, seconds: int | None) -> Response:
        if request.wants_json:
            told = {"error": request.messages["approve_open"], "open": len(review.article.report.findings)}
            return JSONResponse(told, 422)
        query = urlencode({"then": request["then"], "seconds": seconds or ""})
        return _redirect(f"/d/{review.video}/approve?{query}")

    # --- names ---

    @_route("GET", "/d/{video:str}/replace")
    def replacements(self, request: DeskRequest) -> Response:
        """Where a name would be replaced, before it is."""
        term = _term(request)
        channel = self._desk.articles.open(request.video).article.script.video.channel
        plans = everywhere.planned(self._desk.articles, request.video, term)
        return self._page(request, "replace.html", video=request.video, term=term, plans=plans, channel=channel)

    @_route("POST", "/d/{video:str}/replace")
    def replace(self, request: DeskRequest) -> Response:
        """Replace a name in the chosen places, and remember it; each choice is `video:digest:place`."""
        term = _term(request)
        chosen = [tuple(value.split(":", 2)) for name, value in request.form if name == "chosen"]
        if self._desk.articles.open(request.video).article.script.video.channel:
            self._desk.correct(request.video, term.wrong, term.right, everywhere=request["later"] == "yes")
        failed = everywhere.replace_in(
            self._desk.articles,
            term,
            [(each[0], each[1], each[2]) for each in chosen if len(each) == 3],  # noqa: PLR2004 - its parts
        )
        if failed:
            return self._failed_some(request, failed)
        return _redirect(f"/d/{request.video}?saved=1#glossary")

    @_route("GET", "/glossary")
    def glossary(self, request: DeskRequest) -> Response:
        """Every correction, by channel."""
        channels = self._desk.articles.channels()
        return self._page(request, "glossary.html", terms=self._desk.glossary(), channels=channels)

    @_route("POST", "/glossary")
    def change_glossary(self, request: DeskRequest) -> Response:
        """Add a correction to a channel's, or withdraw it."""
        kept, later = request["kept"] != "no", request["later"] == "yes"
        self._desk.correct_in(request["channel"], Term(request["wrong"], request["right"]), kept=kept, everywhere=later)
        return _redirect("/glossary")

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

    def _failed_some(self, request: DeskRequest, failed: Sequence[tuple[str, PipelineError]]) -> Response:
        """The videos of a longer list for which something failed, each with why."""
        told = [(video, error_message(request.messages, error)) for video, error in failed]
        return self._page(request, "error.html", 409, title=request.messages["failed_some"], failed=told)

    def _conflict(self, request: DeskRequest, edit: Edit, error: StaleDraft) -> Response:
        """Both texts, and a way to save the refused one after all."""
        review = self._desk.articles.open(request.video)
        current = next((block.text for block in blocks(review.article.draft) if block.place == edit.place), "")
        if request.wants_json:
            told = {"error": error_message(request.messages, error), "draft": review.digest}
            content = told | {"current": current, "yours": edit.text}
            return JSONResponse(content, 409)
        return self._page(request, "conflict.html", 409, review=review, edit=edit, current=current)

    # --- responses ---

    def _state(self, request: DeskRequest, review: ReviewArticle, place: str) -> JSONResponse:
        """What a page's script needs after a change."""
        page = self._draft_page(request, review)
        report, steps = review.article.report, self._desk.steps(review)
        content = {
            "draft": review.digest,
            "standing": review.status,
            "stands": request.messages[review.status.value],
            "findings": len(report.findings),
            "unconfirmed": report.open,
            "coverage": percent(report.coverage.share),
            "undo": steps.back is not None,
            "redo": steps.forward is not None,
            "count": len(page.blocks),
            "awaited": len(review.awaited),
            "block": next((asdict(block) for block in page.blocks if block.place == place), None),
        }
        if place == _EVERY_PLACE:
            content["blocks"] = [asdict(block) for block in page.blocks]
        return JSONResponse(content)

    def _draft_page(self, request: DeskRequest, review: ReviewArticle) -> view.DraftPage:
        return view.draft_page(
            review, request.messages, self._player, self._origin, lambda text: self._desk.near(review, text)
        )

    def _page(self, request: DeskRequest, name: str, status: int = 200, **values: object) -> HTMLResponse:
        url = request.http.url
        here = url.path + (f"?{url.query}" if url.query else "")
        known = {"t": request.messages, "here": here, "place": request.place, "beacon": self._desk.beacon}
        html = self._templates.get_template(name).render(known | values)
        response = HTMLResponse(html, status)
        # Cookies are shared between ports: a tab of an earlier desk of this library reads where this one listens.
        response.set_cookie(self._desk.beacon, str(self._port), samesite="strict", path="/")
        return response


@cache
def page_templates() -> jinja2.Environment:
    """The pages of the desk, compiled."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_without_bidi_controls,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["text_most"] = TEXT_MOST
    environment.filters |= {"runs": view.runs, "percent": percent, "day": format_date, "clock": timestamp}
    environment.filters |= {"local": local_time, "address_in": _address_in}
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)  # compiled before the first page is asked for
    return environment


def _address_in(row: QueueRow, place: ListAddress) -> str:
    """The address of a draft that is opened from a list."""
    return placed(f"/d/{row.id}", replace(place, below=row.weakness))


def _without_bidi_controls(value: object) -> object:
    """Any text without direction controls: a title with them can show another name than it holds."""
    return _BIDI_CONTROLS.sub("", value) if type(value) is str else value


async def _read_form(http: Request) -> tuple[tuple[str, str], ...]:
    """The fields of a form; raises `EditRefused` for too large a body, too many fields, or anything but a form."""
    body = bytearray()
    async for chunk in http.stream():
        body += chunk
        if len(body) > BODY_MOST:
            raise EditRefused(Refusal.TOO_LARGE)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS_MOST, errors="strict")
    except ValueError as error:
        raise EditRefused(Refusal.NOT_A_FORM) from error
    if not http.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise EditRefused(Refusal.NOT_A_FORM)
    return tuple(fields)


def _changed(review: ReviewArticle, place: str = "") -> RedirectResponse:
    """Back to a draft that was changed, at this block or where it was changed last; `at` tells a script the same."""
    edits = review.history.events[-1].edits if review.history.events else ()
    places = [block.place for block in blocks(review.article.draft)]
    at = place or next((each for each in edits if each in places), places[0])
    return _redirect(f"/d/{review.video}?{urlencode({'saved': 1, 'at': at})}{_anchor(at)}")


def _with_place(response: Response, place: ListAddress) -> Response:
    """A redirection to a draft keeps the reader's place in the list, whichever form led to it."""
    address = response.headers.get("location", "")
    if address.startswith("/d/") and not re.search(r"[?&]in=", address):
        response.headers["location"] = placed(address, place)
    return response


def _term(request: DeskRequest) -> Term:
    """The forms of a name that a request names; raises `EditRefused` for none."""
    term = Term(strip_controls(request["wrong"])[:TERM_MOST], strip_controls(request["right"])[:TERM_MOST])
    if not term.wrong or not term.right or term.wrong == term.right:
        raise EditRefused(Refusal.BAD_CORRECTION)
    return term


def _redirect(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def _anchor(place: str) -> str:
    """The fragment of a block on the page of its draft."""
    return f"#b-{quote(place.replace('.', '-'))}"
