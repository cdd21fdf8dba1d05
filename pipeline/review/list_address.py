"""The address of a list of drafts, and of a draft's place in it: what narrows a list goes along to its drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.types.article import Flaw
from pipeline.types.review import UNREVIEWED, QueueFilter, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL: Final = "all"
"""The status of a list of everything; without any a list has what waits for a decision."""
_NARROWING = ("status", "q", "channel", "series", "finding", "since", "until")
_WORDS_MOST = 500


@dataclass(frozen=True, slots=True)
class ListAddress:
    """What narrows a list, and how weak the draft was that somebody opened in it."""

    values: tuple[tuple[str, str], ...] = ()
    """Parameters of the list's URL, by name; those that narrow nothing are left out."""
    below: float | None = None
    """The weakness that the draft had in the list; what is done to the draft does not move its place."""

    def __getitem__(self, name: str) -> str:
        return dict(self.values).get(name, "")

    @property
    def query(self) -> str:
        """As the query of a URL; empty for the whole list from its top."""
        place = () if self.below is None else (("below", f"{self.below:.6f}"),)
        return urlencode((*self.values, *place))

    def changed(self, **changes: object) -> str:
        """The URL of this list with some of its parameters changed, and from its top."""
        values = dict(self.values) | {name: str(to) for name, to in changes.items()}
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/?{query}" if query else "/"

    def conditions(self) -> QueueFilter:
        """What the list shows; a value that means nothing narrows nothing."""
        status = next((status for status in ReviewStatus if status == self["status"]), None)
        return QueueFilter(
            statuses=(status,) if status else () if self["status"] == ALL else UNREVIEWED,
            words=self["q"][:_WORDS_MOST],
            channel=self["channel"],
            series=self["series"],
            flaw=next((flaw.value for flaw in Flaw if flaw == self["finding"]), ""),
            since=_date(self["since"]),
            until=_date(self["until"]),
        )


def list_address(query: Mapping[str, str]) -> ListAddress:
    """The list that the parameters of a URL name."""
    values = tuple((name, query[name]) for name in _NARROWING if query.get(name))
    try:
        below = float(query.get("below", ""))
    except ValueError:
        below = None
    return ListAddress(values, below if below is not None and 0 <= below < 100 else None)  # noqa: PLR2004 - no weakness is near


def came_from(own: str, referrer: str) -> ListAddress:
    """The list that a reader is in: `own` is the parameter `in` of the request, `referrer` the page that it came from.

    A form has no such parameter, but the page that it stands on has it in its address.
    """
    page = urlsplit(referrer)
    query = dict(parse_qsl(page.query))
    named = own or query.get("in", "")
    return list_address(dict(parse_qsl(named)) if named or page.path != "/" else query)


def placed(address: str, place: ListAddress) -> str:
    """The address of a draft with its place in a list."""
    scheme, host, path, query, fragment = urlsplit(address)
    query = "&".join(filter(None, (query, urlencode({"in": place.query}) if place.query else "")))
    return urlunsplit((scheme, host, path, query, fragment))


def _date(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
