"""Settings and where they come from."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import ConfigError
from pipeline.settings import Settings

ROOT = Path(__file__).parents[1]
NOWHERE: dict[str, str] = {}


def load(text: str, folder: Path, **environment: str) -> config.Config:
    """The settings of a file with that text."""
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return config.load(file=file, user_file=_empty(folder), environment=environment)


def _empty(folder: Path) -> Path:
    (folder / "user.toml").touch()
    return folder / "user.toml"


def test_the_file_in_the_repository_says_every_default() -> None:
    """`config.toml` has every setting with the default and the documentation it has in the code."""
    assert (ROOT / "config.toml").read_text(encoding="utf-8") == config.template()


def test_the_template_loads_as_the_defaults(tmp_path: Path) -> None:
    """Loading the template gives the same settings as loading nothing."""
    assert load(config.template(), tmp_path).settings == Settings()


def test_every_setting_is_documented() -> None:
    """No setting in the template lacks a comment above it."""
    lines = config.template().splitlines()
    bare = [line for above, line in itertools.pairwise(lines) if " = " in line and not above.startswith("#")]

    assert bare == []


def test_later_sources_win_and_are_named(tmp_path: Path) -> None:
    """A flag beats the environment, which beats the project's file, the user's file and the default."""
    user, project = tmp_path / "user.toml", tmp_path / "project.toml"
    user.write_text('[library]\nfolder = "u"\n[source]\npause_seconds = 2\nproxy = "u"\n[export]\nrelated = 1\n')
    project.write_text('[library]\nfolder = "p"\n[source]\npause_seconds = 3\nproxy = "p"\n')
    environment = {"TADWIN_LIBRARY_FOLDER": "e", "TADWIN_SOURCE_PROXY": "e", "OTHER": "x"}

    loaded = config.load({"library.folder": "f"}, file=project, user_file=user, environment=environment)

    by_key = {value.key: (value.value, value.origin) for value in loaded.values}
    assert by_key["library.folder"] == ("f", "flag")
    assert by_key["source.proxy"] == ("e", "TADWIN_SOURCE_PROXY")
    assert by_key["source.pause_seconds"] == (3.0, str(project))
    assert by_key["export.related"] == (1, str(user))
    assert by_key["text.minimum_words"] == (100, "default")
    assert loaded.settings.source.proxy == "e"


def test_an_option_that_was_not_given_changes_nothing() -> None:
    """A flag that is None leaves the value and its origin alone."""
    loaded = config.load({"library.folder": None}, environment=NOWHERE)

    assert "flag" not in {value.origin for value in loaded.values}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[source]\nprxy = "x"\n', "did you mean 'source.proxy'"),
        ('[sorce]\nproxy = "x"\n', r"no section \[sorce\]; did you mean \[source\]"),
        ("[sauce]\n", r"no section \[sauce\]; did you mean \[source\]"),
        ('[library]\nfolder = " "\n', 'library.folder = " " is invalid: it must name a folder'),
        ('proxy = "x"\n', "must be in a"),
        ("[text]\nminimum_words = true_\n", "cannot be read"),
        ('[text]\nminimum_words = "many"\n', "text.minimum_words"),
        ("[source]\npause_seconds = -1\n", "pause_seconds = -1 is invalid: Input should be greater than or equal to 0"),
        ("[source]\npause_seconds = nan\n", "should be a finite number"),
        ("[batch]\npatience_minutes = inf\n", "should be a finite number"),
        ("[source]\ntimeout_seconds = 0\n", "source.timeout_seconds = 0 is invalid: Input should be greater than 0"),
        ("[model]\ntimeout_seconds = 0\n", "should be greater than 0"),
        (
            '[export]\nformats = ["md", "pdf"]\n',
            "export.formats has no 'pdf'; choose from html, md, docx, clean.html, clean.md, json",
        ),
        ('[writer]\nkind = "magic"\n', "writer.kind"),
    ],
)
def test_invalid_settings_are_refused_in_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    """An unknown key is answered with the nearest known one, an invalid value with its setting and file."""
    with pytest.raises(ConfigError, match=says) as refused:
        load(text, tmp_path)

    assert "settings.toml" in str(refused.value)


def test_an_unknown_key_of_the_environment_is_refused(tmp_path: Path) -> None:
    """A misspelled variable is not silently ignored."""
    with pytest.raises(ConfigError, match="TADWIN_SOURCE_PRXY"):
        load("", tmp_path, TADWIN_SOURCE_PRXY="x")


def test_lists_come_from_the_environment_by_commas(tmp_path: Path) -> None:
    """A list setting takes comma-separated text."""
    loaded = load("", tmp_path, TADWIN_SOURCE_LANGUAGES="ar, arz ,", TADWIN_EXPORT_FORMATS="md")

    assert loaded.settings.source.languages == ("ar", "arz")
    assert loaded.settings.export.formats == ("md",)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    """The file of `--config` must exist; only the default files may be missing."""
    with pytest.raises(ConfigError, match="no such file"):
        config.load(file=tmp_path / "none.toml", environment=NOWHERE)


def test_a_password_in_an_address_is_not_shown(tmp_path: Path) -> None:
    """The proxy's password is used but never printed."""
    loaded = load('[source]\nproxy = "http://me:secret@host:1"\n', tmp_path)

    assert loaded.settings.source.proxy == "http://me:secret@host:1"
    assert "secret" not in " ".join(value.shown for value in loaded.values)


@pytest.mark.parametrize("password", ["p@secret", "p/secret", "@secret/", "secret"])
def test_no_part_of_a_password_is_shown(tmp_path: Path, password: str) -> None:
    """This holds whatever characters the password contains."""
    loaded = load(f'[source]\nproxy = "http://me:{password}@host:1"\n', tmp_path)

    assert "secret" not in " ".join(value.shown for value in loaded.values)


def test_a_mark_at_the_beginning_of_a_file_is_no_setting(tmp_path: Path) -> None:
    """Some editors write a byte order mark, which is skipped."""
    assert load("\ufeff[text]\nminimum_words = 7\n", tmp_path).settings.text.minimum_words == 7
