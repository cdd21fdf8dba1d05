"""The documents are true: commands, targets, codes, links."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import typer

from pipeline import errors
from pipeline.cli.main import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)<?([^)#>]+)")


def commands() -> list[str]:
    """Every command as it is typed."""
    group = typer.main.get_command(app)
    names: dict[str, typer.core.TyperGroup] = getattr(group, "commands", {})
    return [f"tadwin {name}" for name in names]


def test_every_command_is_in_the_readme() -> None:
    """No command is missing from the README's table."""
    assert [command for command in commands() if f"`{command}" not in README] == []
    assert len(commands()) >= 5


def test_the_readme_names_only_commands_that_exist() -> None:
    """Every `tadwin` and every `make` target in a document exists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert set(re.findall(r"`(tadwin \w+)", text)) <= set(commands()), document
        targets = re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE)
        assert [target for target in targets if f"\n{target}:" not in makefile] == [], document


def test_every_exit_code_is_in_the_readme() -> None:
    """Each code an error ends with has its line in the README's table."""
    codes = {c.exit_code for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.PipelineError)}

    assert [code for code in {0, 3, 130, *codes} if f"\n| {code} |" not in README] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(document: Path) -> None:
    """No document links to a file that is not there."""
    targets = LINK.findall(document.read_text(encoding="utf-8"))

    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_result_is_on_screen_in_twenty_lines() -> None:
    """The first twenty lines of the README show the command and Arabic text that it made."""
    opening = "\n".join(README.splitlines()[:20])

    assert "make article" in opening
    example = (ROOT / "outputs" / "example" / "article.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^> ([^\n#\[]{40,}?)\.", opening, flags=re.MULTILINE)
    assert quoted
    assert [sentence for sentence in quoted if sentence not in example] == []


def test_nothing_of_this_machine_is_in_the_project() -> None:
    """No tracked file names an index host, a key or a folder of the machine it was made on."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    forbidden = re.compile("py" + "pi\\.org|python" + "hosted|npm" + "js\\.org|/ro" + "ot/|AI" + "za[0-9A-Za-z_-]{35}")
    texts = [
        ROOT / name
        for name in listed
        if name.endswith((".py", ".md", ".toml", ".txt", ".html", ".json", "run", "file"))
    ]

    assert [str(p) for p in texts if p.is_file() and forbidden.search(p.read_text(encoding="utf-8"))] == []
