"""Memory and processor cores of this machine, also inside a container."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_LIMIT, _USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
_SAMPLE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Machine:
    """Memory in bytes, and the processor cores that this process may use."""

    memory: int
    free: int
    cores: int


def this_machine() -> Machine:
    """This machine as it is now, within its container's limit, if there is one (control groups, version 2)."""
    import psutil  # noqa: PLC0415 - keeps `--help` fast

    memory = psutil.virtual_memory()
    limit = _number(_LIMIT)
    if limit is None:
        return Machine(memory.total, memory.available, _cores())
    left = max(0, limit - (_number(_USED) or 0))
    return Machine(min(memory.total, limit), min(memory.available, left), _cores())


def free_cores(cores: int) -> int:
    """Cores that no other process keeps busy: more threads than these halve the speed, or worse (measured)."""
    import psutil  # noqa: PLC0415 - keeps `--help` fast

    total: int = psutil.cpu_count() or 1
    busy: float = psutil.cpu_percent(interval=_SAMPLE_SECONDS) / 100
    return max(1, min(cores, round(total * (1 - busy))))


def _cores() -> int:
    """Physical cores: two threads on one core share its path to memory."""
    import psutil  # noqa: PLC0415 - keeps `--help` fast

    physical: int = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    process = psutil.Process()
    usable: list[int] = process.cpu_affinity() if hasattr(process, "cpu_affinity") else []
    return min(physical, len(usable) or physical)


def _number(file: Path) -> int | None:
    """The number in a file; None if there is no file, or if it says `max`."""
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
