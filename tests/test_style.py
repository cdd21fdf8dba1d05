"""The budgets the code is held to: short functions and files, documented names, more test than code."""

from __future__ import annotations

import ast
import statistics
import tokenize
from pathlib import Path

from tests.figures import Tell

ROOT = Path(__file__).parents[1]
CODE = sorted(path for package in ("pipeline", "models") for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NO_CODE = {
    *(tokenize.ENCODING, tokenize.COMMENT, tokenize.STRING, tokenize.NL, tokenize.NEWLINE),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines(path: Path) -> int:
    """Lines that hold code: docstrings, comments and lists of words are none."""
    with path.open("rb") as file:
        return len({token.start[0] for token in tokenize.tokenize(file.readline) if token.type not in NO_CODE})


def functions(paths: list[Path]) -> list[tuple[str, Function]]:
    """Every function with the place where it stands."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Function)
    ]


def body(function: Function) -> int:
    """Length of a function in lines without signature and docstring."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def test_functions_are_short(tell: Tell) -> None:
    """Bodies: median at most 7 lines, nine of ten at most 25, none over 50."""
    lengths = {place: body(function) for place, function in functions(CODE)}
    median, ninth = statistics.median(lengths.values()), statistics.quantiles(lengths.values(), n=10)[-1]
    tell(f"functions: {len(lengths)}, body median {median}, p90 {ninth:.0f}, longest {max(lengths.values())}")

    assert {place: length for place, length in lengths.items() if length > 50} == {}
    assert median <= 7
    assert ninth <= 25


def test_files_are_short(tell: Tell) -> None:
    """No file has more than 400 lines."""
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE + TESTS}
    tell(f"files: {len(CODE)} of code, longest {max(sizes.values())} lines")

    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_there_is_more_test_than_code(tell: Tell) -> None:
    """At least 1.2 lines of test for a line of code."""
    code, tests = sum(map(lines, CODE)), sum(map(lines, TESTS))
    tell(f"lines: {code} of code, {tests} of tests, {tests / code:.2f} to one")

    assert tests / code >= 1.2


def public(node: ast.AST, name: str) -> list[tuple[str, ast.AST]]:
    """A module with its public classes, methods and functions; what stands inside a function is not."""
    found = [(name, node)]
    for inner in getattr(node, "body", []) if not isinstance(node, Function) else []:
        if isinstance(inner, Function | ast.ClassDef) and not inner.name.startswith("_"):
            found += public(inner, f"{name} {inner.name}")
    return found


def test_every_public_name_is_documented() -> None:
    """Every public module, class, function and method says what one gets."""
    names = [pair for path in CODE for pair in public(ast.parse(path.read_text("utf-8")), str(path.relative_to(ROOT)))]

    assert [name for name, node in names if not ast.get_docstring(node)] == []  # type: ignore[arg-type]
    assert len(names) > 100


def test_every_test_states_its_promise() -> None:
    """Every test has a docstring that says what it holds."""
    silent = [place for place, f in functions(TESTS) if f.name.startswith("test_") and not ast.get_docstring(f)]

    assert silent == []


def test_no_test_uses_mocks() -> None:
    """Fakes are real implementations: nothing is mocked or patched."""
    words = ("unittest.mock", "MagicMock", "monkeypatch." + "setattr", "mocker")
    users = [str(p.relative_to(ROOT)) for p in TESTS if p != Path(__file__) for w in words if w in p.read_text("utf-8")]

    assert users == []
