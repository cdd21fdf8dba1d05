"""Files whose first line, a JSON object with the SHA-256 of all that follows, tells them from damage."""

from __future__ import annotations

import json

from pipeline import codec


def seal(payload: bytes, **names: str) -> bytes:
    """The payload below its header, which also names what the file is."""
    return _header(payload, names) + b"\n" + payload


def unseal(data: bytes | None, **names: str) -> bytes | None:
    """The payload of a sealed file; None if a byte of it changed, it has other names, or there is no file."""
    header, _, payload = (data or b"").partition(b"\n")
    return payload if header == _header(payload, names) else None


def _header(payload: bytes, names: dict[str, str]) -> bytes:
    return json.dumps({**names, "sha256": codec.digest(payload)}).encode()
