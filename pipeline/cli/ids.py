"""Ids of videos that begin with `-`, on a command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from pipeline.urls import watch_url

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"-[A-Za-z0-9_-]{10}")
_OPTION = re.compile(r"--[a-z]+(-[a-z]+)*")
"""An option, or what is meant as one: among ids, one in a thousand million is all dashes and small letters."""


class VideoCommand(TyperCommand):
    """A command whose arguments are videos; one in 64 ids begins with `-`, as options do."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer keeps its own copy of click to itself
        options = {name: param for param in self.params if param.param_type_name == "option" for name in param.opts}
        with_values = {name for name, param in options.items() if not getattr(param, "is_flag", False)}
        return super().parse_args(ctx, list(ids_as_links(args, with_values)))


def ids_as_links(arguments: list[str], options_with_values: set[str]) -> Iterable[str]:
    """The arguments, with each bare id that begins with `-` as the link of its video."""
    before = ""
    for at, argument in enumerate(arguments):
        if argument == "--":
            yield from arguments[at:]
            return
        is_id = _ID.fullmatch(argument) and not _OPTION.fullmatch(argument) and before not in options_with_values
        yield watch_url(argument) if is_id else argument
        before = argument
