"""Under whose name the review desk keeps what was decided."""

from __future__ import annotations

import os

import pytest

from pipeline.app.wiring import account_name

NOBODY = 54_321


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become an account without a name")
def test_an_account_without_a_name_has_its_number() -> None:
    """As in a container that runs under a bare number: a name, no traceback."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            os.environ.pop(name, None)
        try:
            os.setuid(NOBODY)
            os.write(writing, account_name().encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)

    assert said == f"user {NOBODY}"
