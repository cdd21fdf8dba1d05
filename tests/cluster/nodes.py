"""A Ray cluster of several node processes on this machine, in a process of its own.

`python -m tests.cluster.nodes COUNT` starts a head without processors and so many nodes with one each, prints the
address, and kills the node whose number it reads, until its input ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
_OBJECTS = 80_000_000
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DISABLE_MEMORY_MONITOR": "1", "PYTHONPATH": str(ROOT)}


class Nodes:
    """The cluster, while the `with` block runs."""

    def __init__(self, count: int) -> None:
        """Of so many nodes beside the head."""
        self._count = count

    def __enter__(self) -> Self:
        """Start it, and wait until it can be joined."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cluster.nodes", str(self._count)],
            cwd=ROOT,
            env={**os.environ, **_QUIET},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.address = self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop every process of it, whatever state they are in."""
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.communicate(timeout=60)
        finally:
            end_group(self._process.pid)

    def kill(self, number: int) -> None:
        """Kill a node with all that runs on it."""
        assert self._process.stdin is not None
        print(number, file=self._process.stdin, flush=True)
        self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        answer = self._process.stdout.readline().strip()
        assert answer, "the cluster did not start"
        return answer


def end_group(process: int) -> None:
    """Kill what is left of a process group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def main(count: int) -> None:
    """Be the cluster."""
    from ray.cluster_utils import Cluster  # noqa: PLC0415 - only here

    head = {"num_cpus": 0, "object_store_memory": _OBJECTS, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    nodes = [cluster.add_node(num_cpus=1, object_store_memory=_OBJECTS) for _ in range(count)]
    print(cluster.address, flush=True)
    for line in sys.stdin:
        cluster.remove_node(nodes[int(line)], allow_graceful=False)
        print("gone", flush=True)
    cluster.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]))
