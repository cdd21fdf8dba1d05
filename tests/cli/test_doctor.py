"""`tadwin doctor`, `tadwin review` and `tadwin config`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli.doctor import DoctorCheck, run_checks
from pipeline.settings import LibrarySettings, Settings, SourceSettings
from tests.cli.test_run import captions, tadwin


def checks(settings: Settings, today: date = date(2026, 11, 1)) -> dict[str, DoctorCheck]:
    """The checks by name."""
    return {check.name: check for check in run_checks(settings, today)}


def test_a_complete_installation_passes(tmp_path: Path) -> None:
    """Versions are shown, and every check passes."""
    results = checks(Settings(library=LibrarySettings(str(tmp_path / "new" / "out"))))

    assert all(check.ok for check in results.values()), results
    assert results["yt-dlp"].says.count(".") >= 2
    assert not (tmp_path / "new").exists()


def test_an_old_yt_dlp_should_be_upgraded() -> None:
    """The age of yt-dlp is read from its version; after three months `doctor` says how to upgrade."""
    check = checks(Settings(), date(2031, 1, 1))["yt-dlp"]

    assert not check.ok
    assert "days old" in check.says
    assert "--upgrade" in check.hint


def test_a_missing_ca_bundle_is_found() -> None:
    """A file that the settings name must exist."""
    assert not checks(Settings(source=SourceSettings(ca_bundle="/no/such.pem")))["ca_bundle"].ok


def test_a_proxy_is_not_printed() -> None:
    """A proxy may contain a password, so only its existence is shown."""
    assert checks(Settings(source=SourceSettings(proxy="http://u:secret@h:1")))["proxy"].says == "set"


def test_doctor_prints_json(tmp_path: Path) -> None:
    """`--json` prints every check, and the exit code says whether all passed."""
    result = tadwin(tmp_path, "doctor", "--json")

    answer = json.loads(result.stdout)
    assert answer["version"] == 1
    assert result.returncode == (0 if all(check["ok"] for check in answer["checks"]) else 1)
    assert {"name", "ok", "says", "hint"} == set(answer["checks"][0])


def test_review_lists_finished_articles(tmp_path: Path) -> None:
    """Each article is listed with its findings and its page; without a library, code 10 and what to do."""
    empty = tadwin(tmp_path, "review", "--list")
    tadwin(tmp_path, "run", str(captions(tmp_path)))

    listed = tadwin(tmp_path, "review", "--list")

    assert empty.returncode == 10
    assert "tadwin batch" in empty.stderr
    assert "findings" in listed.stdout
    page = Path(listed.stdout.split()[-1])
    assert (tmp_path / page).is_file()
    (tmp_path / page).unlink()
    plain = Path(tadwin(tmp_path, "review", "--list").stdout.split()[-1])
    assert (plain.name, (tmp_path / plain).is_file()) == ("article.md", True)


@pytest.mark.parametrize("arguments", [("show", "--origin"), ("show", "--json", "--origin")])
def test_settings_are_shown_with_their_origin(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """`config show --origin` names the variable that sets a value, and hides a password."""
    result = tadwin(tmp_path, "config", *arguments, TADWIN_SOURCE_PROXY="http://me:secret@host:1")

    assert result.returncode == 0
    assert "TADWIN_SOURCE_PROXY" in result.stdout
    assert "TADWIN_LIBRARY_FOLDER" in result.stdout
    assert "secret" not in result.stdout


def test_the_template_is_a_working_file(tmp_path: Path) -> None:
    """`config template` prints a file that loads."""
    result = tadwin(tmp_path, "config", "template")
    (tmp_path / "config.toml").write_text(result.stdout)

    assert tadwin(tmp_path, "config", "show").returncode == 0
