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
LAYERS: tuple[tuple[str, ...], ...] = (
    ("pipeline.account", "pipeline.ties"),
    ("pipeline.types", "pipeline.settings", "pipeline.errors", "pipeline.events"),
    ("pipeline.judged", "pipeline.series"),
    ("pipeline.text", "pipeline.ports", "pipeline.codec", "pipeline.policy"),
    (
        "pipeline.memo",
        "pipeline.stages",
        "pipeline.sources",
        "pipeline.store",
        "pipeline.export",
        "pipeline.review.rules",
        "models",
    ),
    ("pipeline.run", "pipeline.batch", "pipeline.review.edits", "pipeline.review.sheets"),
    ("pipeline.review.desk",),
    ("pipeline.review",),
    ("pipeline.app", "pipeline.config", "pipeline.evaluate"),
    ("pipeline.workshop",),
    ("pipeline.cli", "pipeline.__main__"),
)
PURE = (
    *("pipeline.account", "pipeline.ties", "pipeline.types", "pipeline.judged", "pipeline.settings"),
    *("pipeline.errors", "pipeline.events"),
    *("pipeline.series", "pipeline.text", "pipeline.policy", "pipeline.stages"),
    *(
        "pipeline.batch.agenda",
        "pipeline.batch.gate",
        "pipeline.batch.limiter",
        "pipeline.review.rules",
        "pipeline.review.edits",
    ),
)
WORLD = {
    *("os", "pathlib", "io", "tempfile", "shutil", "subprocess", "socket", "ssl", "http", "urllib.request", "asyncio"),
    *("time", "random", "secrets", "uuid", "logging", "threading", "multiprocessing", "sqlite3", "requests", "yt_dlp"),
}
DANGEROUS = {"pickle", "marshal", "shelve", "dill", "yaml", "joblib"}


def within(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of the packages or stands in one."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def height(module: str) -> int | None:
    """The layer of a module, or None when it stands in none."""
    return next((level for level, packages in enumerate(LAYERS) if within(module, packages)), None)


def group(module: str) -> str:
    """The package of a module inside its layer: the groups of one layer do not know each other."""
    level = height(module)
    return next(p for p in LAYERS[level] if within(module, (p,))) if level is not None else ""


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
    """Every module has a layer, imports from its own group or a lower layer, and never from a neighbour or above."""
    level = height(module)

    assert level is not None, f"{module} stands in no layer"
    upward = {
        other
        for other in own(imports(MODULES[module]))
        if group(other) != group(module)
        and (height(other) is None or (height(other) or 0) >= level)
        and other != "pipeline"
    }
    assert upward == set()


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, PURE)])
def test_pure_modules_touch_nothing_of_the_world(module: str) -> None:
    """Types, settings, errors, events, text and stages know no files, clock, network, randomness or logging."""
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
    """Only `app` imports concrete sources, stores and writers; everyone else speaks to a port."""
    adapters = (
        *("pipeline.sources.youtube", "pipeline.sources.shelves", "pipeline.store.artifacts", "models.extractive"),
    )
    users = {
        module
        for module, path in MODULES.items()
        if any(within(name, adapters) for name in own(imports(path))) and not within(module, adapters)
    }

    assert users == {"pipeline.app"}


def test_start_up_imports_nothing_heavy() -> None:
    """The command line can say `--help` without loading a network library, a model library or pydantic."""
    heavy = {"yt_dlp", "requests", "pydantic", "jinja2", "numpy", "torch", "transformers", "youtube_transcript_api"}
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
