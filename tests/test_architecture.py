"""What modules may not do: the import direction of docs/architecture.md, held by the source itself."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("pipeline", "models")
    for path in sorted((ROOT / package).rglob("*.py"))
}
FLOORS: tuple[tuple[str, ...], ...] = (
    ("pipeline.errors", "pipeline.settings", "pipeline.codec"),
    ("pipeline.types",),
    ("pipeline.events",),
    ("pipeline.arabic", "pipeline.ports", "pipeline.urls"),
    ("pipeline.segment", "pipeline.verify", "pipeline.linking", "pipeline.memo", "pipeline.sources", "models.llm"),
    (
        *("pipeline.store", "pipeline.export"),
        *("models.restore", "models.local", "models.writers"),
    ),
    ("pipeline.run", "pipeline.batch", "pipeline.review", "models.judges"),
    ("pipeline.batch.ray", "models.training"),
    ("pipeline.app", "pipeline.config", "pipeline.evaluate"),
    ("pipeline.cli",),
)
"""Every room, from the ground up; rooms on one floor do not know each other."""
PURE = (
    *("pipeline.types", "pipeline.settings", "pipeline.errors", "pipeline.events", "pipeline.urls"),
    *("pipeline.arabic", "pipeline.segment", "pipeline.verify", "pipeline.linking"),
    *("pipeline.batch.queue", "pipeline.batch.breaker", "pipeline.batch.retry_policy", "pipeline.batch.ray.limiter"),
    *("pipeline.review.rules", "pipeline.review.edits", "pipeline.review.blocks"),
    *("pipeline.review.evidence", "pipeline.review.diff"),
)
WORLD = {
    *("os", "pathlib", "io", "tempfile", "shutil", "subprocess", "socket", "ssl", "http", "urllib.request", "asyncio"),
    *("time", "random", "secrets", "uuid", "logging", "threading", "multiprocessing", "sqlite3", "requests", "yt_dlp"),
}
DANGEROUS = {"pickle", "marshal", "shelve", "dill", "yaml", "joblib"}


def within(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of the packages or stands in one."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def room(module: str) -> str:
    """The room of a module, the innermost where rooms are nested; empty when it stands in none."""
    rooms = [name for floor in FLOORS for name in floor if within(module, (name,))]
    return max(rooms, key=len, default="")


def height(module: str) -> int:
    """The floor of a module's room, counting from the ground."""
    return next(level for level, rooms in enumerate(FLOORS) if room(module) in rooms)


def imports(path: Path) -> set[str]:
    """Every module named by an import statement anywhere in a file, also below `if TYPE_CHECKING`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {_known(name) for name in found}


def _known(name: str) -> str:
    return name if name in MODULES or name.rpartition(".")[0] not in MODULES else name.rpartition(".")[0]


def own(names: set[str]) -> set[str]:
    """The names that are this project's."""
    return {name for name in names if name.partition(".")[0] in {"pipeline", "models"}}


@pytest.mark.parametrize("module", [name for name in MODULES if name not in {"pipeline", "models"}])
def test_imports_point_down(module: str) -> None:
    """Every module stands in a room and imports from its own room or from a lower floor: never sideways, never up."""
    assert room(module), f"{module} stands in no room"
    upward = {
        other
        for other in own(imports(MODULES[module])) - {"pipeline", "models"}
        if room(other) != room(module) and height(other) >= height(module)
    }
    assert upward == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    """Inside a room too, imports run one way: a module can be read without its readers."""
    needs = {name: own(imports(path)) & MODULES.keys() - {name} for name, path in MODULES.items()}

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(needs[start])
        while waiting:
            module = waiting.pop()
            if module not in seen:
                seen.add(module)
                waiting += needs[module]
        return seen

    assert [name for name in MODULES if name in reached(name)] == []


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, PURE)])
def test_pure_modules_touch_nothing_of_the_world(module: str) -> None:
    """Types, settings, errors, events and the rooms of text know no files, clock, network, randomness or logging."""
    assert {name for name in imports(MODULES[module]) if within(name, tuple(WORLD))} == set()


@pytest.mark.parametrize("module", MODULES)
def test_no_module_loads_code_from_data(module: str) -> None:
    """Nothing unpickles, evaluates, opens a shell or trusts code that comes with a model."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    keywords = {
        node.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant) and node.value.value is True
    }

    assert {name.partition(".")[0] for name in imports(MODULES[module])} & DANGEROUS == set()
    assert calls & {"eval", "exec", "__import__", "compile"} == set()
    assert keywords & {"trust_remote_code", "shell", "allow_pickle"} == set()


def test_only_the_composition_root_names_adapters() -> None:
    """Only `app.wiring` imports concrete sources, stores and writers; everyone else speaks to a port."""
    adapters = (
        *(
            "pipeline.sources.youtube",
            "pipeline.sources.inputs",
            "pipeline.store.artifacts",
            "models.writers.extractive",
        ),
    )
    users = {
        module
        for module, path in MODULES.items()
        if any(within(name, adapters) for name in own(imports(path))) and not within(module, adapters)
    }

    assert users == {"pipeline.app.wiring"}


def test_start_up_imports_nothing_heavy() -> None:
    """The command line can say `--help` without loading a network library, a model library or pydantic."""
    heavy = {
        "yt_dlp",
        "requests",
        "pydantic",
        "jinja2",
        "numpy",
        "onnxruntime",
        "torch",
        "transformers",
        "youtube_transcript_api",
    }
    heavy |= {"starlette", "uvicorn", "ray"}
    reached: set[str] = set()
    waiting = ["pipeline.cli.main"]
    while waiting:
        module = waiting.pop()
        if module in reached:
            continue
        reached.add(module)
        waiting += [name for name in _at_import(module) if name in MODULES]
    outside = {name.partition(".")[0] for module in reached for name in _at_import(module)}

    assert outside & heavy == set()
    assert len(reached) > 5


def _at_import(module: str) -> set[str]:
    """What a module imports when it is imported: the statements at its top level."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    top = ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    names: set[str] = set()
    for node in top.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {_known(f"{node.module}.{alias.name}") for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names - set(sys.builtin_module_names)


TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_every_test_states_its_promise() -> None:
    """Every test has a docstring that says what it holds."""
    silent = [
        f"{path.relative_to(ROOT)} {node.name}"
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert silent == []


def test_no_test_uses_mocks() -> None:
    """Fakes are real implementations: nothing is mocked or patched."""
    words = ("unittest.mock", "MagicMock", "monkeypatch." + "setattr", "mocker")
    users = [str(p.relative_to(ROOT)) for p in TESTS if p != Path(__file__) for w in words if w in p.read_text("utf-8")]

    assert users == []
