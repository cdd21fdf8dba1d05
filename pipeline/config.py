"""`config.toml`, the environment and flags as `Settings`, with the origin of each value.

Nothing else reads them, and they are read once.
"""

from __future__ import annotations

import difflib
import inspect
import os
import re
import tomllib
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import ConfigError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PROJECT_FILE = Path("config.toml")
PREFIX = "TADWIN"
KEY = "TADWIN_MODEL_KEY"
"""The environment variable with the key of a model server: the only place it comes from, and no listing shows it."""
_OTHERS = frozenset({KEY, "TADWIN_SHARED", "TADWIN_TEST_MODEL"})
"""Variables that are no settings: the key, and what the evaluation and the tests read."""
_SECRET = re.compile(r"//\S+@")


@dataclass(frozen=True, slots=True)
class SettingValue:
    """The value of one setting that is in effect."""

    key: str
    """`section.name`, as in `config.toml`."""
    value: Any
    origin: str
    """`default`, a file, an environment variable or a flag."""

    @property
    def shown(self) -> str:
        """The value in TOML notation, with the user name and password of an address hidden."""
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
    """Defaults, overridden in turn by the user's file, the project's file, the environment and flags.

    `flags` maps `section.name` to a value, or to None for an option that was not given. Raises `ConfigError` for an
    unknown key (suggesting the nearest known one), an invalid value, or a file that cannot be read.
    """
    environment = os.environ if environment is None else environment
    values = {
        f"{section}.{name}": SettingValue(f"{section}.{name}", default, "default")
        for section, kind in _sections().items()
        for name, default in _defaults(kind).items()
    }
    given = [
        *_from_file(user_file or user_path(), required=user_file is not None),
        *_from_file(file or PROJECT_FILE, required=file is not None),
        *_from_environment(environment),
        *(SettingValue(key, value, "flag") for key, value in (flags or {}).items() if value is not None),
    ]
    for value in given:
        values[value.key] = replace(value, value=_validated(value, values))
    sections = {
        section: kind(**{name: values[f"{section}.{name}"].value for name in _defaults(kind)})
        for section, kind in _sections().items()
    }
    settings = Settings(**sections)
    settings = replace(settings, model=replace(settings.model, key=environment.get(KEY, "")))
    return Config(settings, tuple(values.values()))


def user_path() -> Path:
    """The user's own `config.toml`, in the configuration folder of this system."""
    from platformdirs import user_config_path  # noqa: PLC0415 - keeps start-up fast

    return user_config_path("tadwin") / PROJECT_FILE.name


def template() -> str:
    """A `config.toml` with every setting, its default and its documentation."""
    lines = [
        "# Every setting of Tadwin with its default. `tadwin config show --origin` prints what is in effect, and why."
    ]
    for section, kind in _sections().items():
        lines += ["", f"# {inspect.getdoc(kind)}", f"[{section}]"]
        described = TypeAdapter(kind).json_schema()["properties"]
        for name, default in _defaults(kind).items():
            lines += [f"# {line}" for line in described[name]["description"].splitlines()]
            lines.append(f"{name} = {to_toml(default)}")
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


@cache
def _sections() -> dict[str, type[Any]]:
    """The class of each section, by its name in `config.toml`."""
    kinds = get_type_hints(Settings)
    return {section.name: kinds[section.name] for section in fields(Settings)}


@cache
def _adapter(section: str) -> TypeAdapter[Any]:
    return TypeAdapter(_sections()[section])


def _defaults(kind: type[Any]) -> dict[str, Any]:
    """The settings of a section with their defaults, without the one that no file may hold."""
    return {field.name: field.default for field in fields(kind) if field.repr}


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
            message = f"{path}: {section!r} must be in a [section]"
            raise ConfigError(message)
        if section not in _sections():
            message = f"{path}: there is no section [{section}]; did you mean [{_nearest(section, _sections())}]?"
            raise ConfigError(message)
        yield from (SettingValue(f"{section}.{name}", value, str(path)) for name, value in table.items())


def _from_environment(environment: Mapping[str, str]) -> Iterator[SettingValue]:
    known = {
        f"{PREFIX}_{section}_{name}".upper(): f"{section}.{name}"
        for section, kind in _sections().items()
        for name in _defaults(kind)
    }
    for variable, text in sorted(environment.items()):
        if not variable.startswith(f"{PREFIX}_") or variable in _OTHERS:
            continue
        if variable not in known:
            message = f"{variable}: there is no such setting; did you mean {_nearest(variable, known)}?"
            raise ConfigError(message, "Correct the environment variable, or unset it.")
        yield SettingValue(known[variable], text, variable)


def _nearest(name: str, known: Iterable[str]) -> str:
    return difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]


def _validated(given: SettingValue, known: Mapping[str, SettingValue]) -> Any:  # noqa: ANN401 - of the setting's type
    """The value in the type of its setting; text is a comma-separated list where the setting is a list."""
    section, _, name = given.key.partition(".")
    if given.key not in known:
        message = f"{given.origin}: [{section}] has no {name!r}; did you mean {_nearest(given.key, known)!r}?"
        raise ConfigError(message)
    value = given.value
    if isinstance(value, str) and isinstance(known[given.key].value, tuple):
        value = [part.strip() for part in value.split(",") if part.strip()]
    try:
        validated = _adapter(section).validate_python({name: value})
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        message = f"{given.origin}: {given.key} = {to_toml(given.value)} is invalid: {reason}"
        raise ConfigError(message) from error
    result = getattr(validated, name)
    if given.key == "export.formats":
        from pipeline.export.formats import FORMATS  # noqa: PLC0415 - few commands need the exports

        if unknown := [each for each in result if each not in FORMATS]:
            message = f"{given.origin}: {given.key} has no {unknown[0]!r}; choose from {', '.join(FORMATS)}"
            raise ConfigError(message)
    return result
