"""`config.toml`, the environment and flags to Settings, with where each value came from.

The only module that reads them, once.
"""

from __future__ import annotations

import difflib
import inspect
import math
import os
import re
import tomllib
from dataclasses import Field, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from pipeline import settings as settings_module
from pipeline.errors import ConfigError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROJECT_FILE = Path("config.toml")
PREFIX = "TADWIN"
KEY = "TADWIN_MODEL_KEY"
"""The environment variable with the key of a model server: the only place it comes from, and no listing shows it."""
_DEFAULT = "default"
_SECRET = re.compile(r"//\S+@")
_POSITIVE = frozenset({"source.timeout_seconds", "source.answer_megabytes", "model.timeout_seconds"})
"""Settings with which nothing works when they are 0."""


@dataclass(frozen=True, slots=True)
class SettingValue:
    """One setting as it counts now."""

    key: str
    """`section.name`, as in `config.toml`."""
    value: Any
    origin: str
    """`default`, a file, an environment variable or a flag."""

    @property
    def shown(self) -> str:
        """The value in TOML notation, without the password of an address."""
        return _SECRET.sub("//***@", to_toml(self.value))


@dataclass(frozen=True, slots=True)
class Config:
    """Settings together with their origins."""

    settings: Settings
    values: tuple[SettingValue, ...]


def load(
    flags: Mapping[str, Any] | None = None,
    *,
    file: Path | None = None,
    user_file: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Defaults, overlaid by the user's file, the project's file, the environment, and flags, in this order.

    `flags` maps `section.name` to a value; None means not given. Raises `ConfigError` for an unknown key (naming the
    nearest known one), a value that does not fit, or a file that cannot be read.
    """
    known = {value.key: value for value in _values(Settings(), _DEFAULT)}
    environment = os.environ if environment is None else environment
    for value in _overlays(file, user_file, environment, flags or {}):
        known[value.key] = replace(value, value=_checked(value, known))
    settings = _settings(known)
    keyed = replace(settings, model=replace(settings.model, key=environment.get(KEY, "")))
    return Config(keyed, tuple(known.values()))


def user_path() -> Path:
    """Where a user's own `config.toml` is looked for on this system."""
    from platformdirs import user_config_path  # noqa: PLC0415 - keeps start-up fast

    return user_config_path("tadwin") / PROJECT_FILE.name


def template() -> str:
    """A `config.toml` with every setting, its default and its documentation."""
    lines = ["# Every setting of Tadwin with its default. `tadwin config show --origin` says what counts and why."]
    for section in fields(Settings):
        kind = get_type_hints(Settings)[section.name]
        lines += ["", f"# {inspect.getdoc(kind)}", f"[{section.name}]"]
        notes = _field_docs(kind)
        for field in _shown(kind):
            lines += [f"# {line}" for line in notes[field.name].splitlines()]
            lines.append(f"{field.name} = {to_toml(field.default)}")
    return "\n".join(lines) + "\n"


def to_toml(value: Any) -> str:  # noqa: ANN401 - any value a setting can have
    """A value in TOML notation."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(to_toml, value)) + "]"
    return str(value)


def _values(settings: Settings, origin: str) -> Iterator[SettingValue]:
    for section in fields(settings):
        part = getattr(settings, section.name)
        for field in _shown(part):
            yield SettingValue(f"{section.name}.{field.name}", getattr(part, field.name), origin)


def _overlays(
    file: Path | None, user_file: Path | None, environment: Mapping[str, str], flags: Mapping[str, Any]
) -> Iterator[SettingValue]:
    yield from _from_file(user_file or user_path(), required=user_file is not None)
    yield from _from_file(file or PROJECT_FILE, required=file is not None)
    yield from _from_environment(environment)
    for key, given in flags.items():
        if given is not None:
            yield SettingValue(key, given, "flag")


def _from_file(path: Path, *, required: bool) -> Iterator[SettingValue]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        if required:
            message = f"{path}: no such file"
            raise ConfigError(message) from error
        return
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{path}: cannot be read ({error})"
        raise ConfigError(message) from error
    for section, table in tables.items():
        if not isinstance(table, dict):
            message = f"{path}: {section!r} stands outside a [section]"
            raise ConfigError(message)
        yield from (SettingValue(f"{section}.{name}", value, str(path)) for name, value in table.items())


def _from_environment(environment: Mapping[str, str]) -> Iterator[SettingValue]:
    sections = {section.name for section in fields(Settings)}
    for name, text in sorted(environment.items()):
        prefix, _, rest = name.partition("_")
        section, _, key = rest.lower().partition("_")
        if prefix == PREFIX and section in sections and name != KEY:
            yield SettingValue(f"{section}.{key}", text, name)


def _checked(value: SettingValue, known: Mapping[str, SettingValue]) -> Any:  # noqa: ANN401 - of the setting's own type
    if value.key not in known:
        near = difflib.get_close_matches(value.key, known, n=1, cutoff=0.0)
        section, _, name = value.key.partition(".")
        message = f"{value.origin}: [{section}] has no {name!r}; did you mean {near[0]!r}?"
        raise ConfigError(message)
    section, _, name = value.key.partition(".")
    kind = get_type_hints(get_type_hints(Settings)[section])[name]
    try:
        checked = TypeAdapter(kind).validate_python(_split(value.value, known[value.key].value))
    except ValidationError as error:
        message = f"{value.origin}: {value.key} = {to_toml(value.value)} does not fit: {error.errors()[0]['msg']}"
        raise ConfigError(message) from error
    wrong = _out_of_range(value.key, checked) if isinstance(checked, int | float) else ""
    if wrong:
        message = f"{value.origin}: {value.key} = {checked} {wrong}"
        raise ConfigError(message)
    return checked


def _out_of_range(key: str, number: float) -> str:
    """Why the number fits no setting of this name; empty when it does."""
    if not math.isfinite(number):
        return "must be a finite number"
    if number < 0:
        return "must not be negative"
    return "must be more than 0" if not number and key in _POSITIVE else ""


def _split(given: Any, current: Any) -> Any:  # noqa: ANN401 - as read
    """Text from the environment or a flag as a list, where the setting is one."""
    if isinstance(given, str) and isinstance(current, tuple):
        return tuple(part.strip() for part in given.split(",") if part.strip())
    return tuple(given) if isinstance(given, list) else given


def _settings(known: Mapping[str, SettingValue]) -> Settings:
    parts = {}
    for section in fields(Settings):
        kind = get_type_hints(Settings)[section.name]
        parts[section.name] = kind(**{f.name: known[f"{section.name}.{f.name}"].value for f in _shown(kind)})
    return Settings(**parts)


def _shown(kind: Any) -> Iterator[Field[Any]]:  # noqa: ANN401 - a settings class or a value of one
    """The fields that may be listed and written into files."""
    return (field for field in fields(kind) if field.repr)


def _field_docs(kind: type[Any]) -> dict[str, str]:
    """The text below each field of a settings class."""
    body = inspect.getsource(settings_module).partition(f"class {kind.__name__}:")[2].partition("\n@dataclass")[0]
    found = re.findall(r'^ {4}(\w+): [^\n]+\n {4}"""(.+?)"""', body, flags=re.DOTALL | re.MULTILINE)
    return {name: inspect.cleandoc(text) for name, text in found}
