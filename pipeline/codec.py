"""Dataclasses to canonical JSON and back, and digests; the only module that serialises."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """The cached adapter of a type: making one costs more than using it."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def encode(value: object) -> bytes:
    """The value as UTF-8 JSON; equal values give equal bytes, since fields keep the order of their type."""
    return _adapter(type(value)).dump_json(value)


def decode(data: bytes, kind: type[T]) -> T:
    """The value of the given type; raises `ValueError` if the data do not fit."""
    try:
        value: T = _adapter(kind).validate_json(data)
    except ValidationError as error:
        raise ValueError(str(error)) from error
    return value


def plain(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The value as new dictionaries, lists, strings and numbers, which the caller may change."""
    return _adapter(type(value)).dump_python(value, mode="json")


def digest(value: object) -> str:
    """SHA-256 of a value's type name and canonical JSON, in hexadecimal; bytes are hashed as they are."""
    data = value if isinstance(value, bytes) else type(value).__name__.encode() + b"\0" + encode(value)
    return hashlib.sha256(data).hexdigest()
