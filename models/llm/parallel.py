"""Calls in parallel that never keep the program from ending, as the threads of `ThreadPoolExecutor` do."""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
R = TypeVar("R")


def call_in_parallel(call: Callable[[T], R], items: Sequence[T], most: int) -> list[R]:
    """The result for each item, in order; `most` calls at a time, in daemon threads.

    After an `Exception` no further call is begun, those under way are waited for, and the first one is raised. Any
    other exception, of a call or out of a signal handler, is raised at once: calls under way are left to themselves.
    """
    results = [Future[R]() for _ in items]
    waiting = deque(zip(results, items, strict=True))

    def work() -> None:
        while waiting:
            try:
                result, item = waiting.popleft()
            except IndexError:  # another thread was faster
                return
            try:
                result.set_result(call(item))
            except BaseException as error:  # noqa: BLE001 - raised again in the calling thread
                waiting.clear()
                result.set_exception(error)

    threads = [Thread(target=work, name="replying", daemon=True) for _ in range(min(most, len(items)))]
    try:
        for thread in threads:
            thread.start()
        for ended in wait(results, return_when=FIRST_EXCEPTION).done:
            if not isinstance(error := ended.exception(), Exception | None):
                raise error
        for thread in threads:
            thread.join()
    finally:
        waiting.clear()
    return [result.result() for result in results]  # those not begun stand behind one that failed
