"""The scripts that make the word tables do what their cards say, on articles written for the tests."""

import json
import lzma
from pathlib import Path

import pytest

from models.training import articles, headings, nouns, topics
from models.training.topics import main as make_topics

ROOT = Path(__file__).parents[3]


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    """A file of articles as the training data has them."""
    texts = [
        "المدرسة في مدرسة حديثة، والمدرسة الحديثة من مدرسة حديثة. لم يكتب أحد، وقد كتب الطالب في المدرسة الحديثة.",
        "زار الوفد القاهرة في سوريا ثم في سوريا ومن سوريا. لم يذهب، وقد ذهب إلى سوريا في المدرسة الحديثة.",
    ]
    path = tmp_path / "wiki.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"paragraphs": [text, text]}) + "\n" for text in texts * 20)
    return path


def test_articles_are_lists_of_paragraphs(wiki: Path) -> None:
    """One list for each line of the file."""
    read = list(articles.paragraphs(wiki))
    assert len(read) == 40
    assert all(len(article) == 2 for article in read)


@pytest.mark.parametrize("count", [0, 1, 7, 500])
def test_tables_are_wrapped_without_loss(count: int) -> None:
    """Every token once, in order, in lines that a source file may have."""
    tokens = [f"كلمة{number}" for number in range(count)]
    text = articles.wrapped(tokens)
    assert text.split() == tokens
    assert all(len(line) <= 120 for line in text.splitlines())


def test_nouns_names_and_adjectives_are_told_apart(wiki: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By articles, prepositions and particles alone; verbs are in no list, and the file can be read back."""
    monkeypatch.chdir(tmp_path)
    target = tmp_path / nouns.TARGET
    target.parent.mkdir(parents=True)
    nouns.main([str(wiki)])
    made: dict[str, frozenset[str]] = {}
    exec(compile(target.read_text(encoding="utf-8"), str(target), "exec"), made)  # noqa: S102 - our own file
    assert "مدرسه" in made["NOUNS"]
    assert "سوريا" in made["NAMES"]
    assert "حديثه" in made["ADJECTIVES"]
    assert not {"يكتب", "كتب", "ذهب", "يذهب"} & (made["NOUNS"] | made["NAMES"] | made["ADJECTIVES"])


def test_topics_need_their_tool(wiki: Path) -> None:
    """Without scikit-learn the script ends with the import error that names it; it never writes half a table."""
    pytest.importorskip("builtins")
    try:
        import sklearn  # noqa: F401, PLC0415 - only to know whether it is there
    except ImportError:
        with pytest.raises(ImportError, match="sklearn"):
            make_topics([str(wiki)])


@pytest.mark.parametrize(
    ("written", "target"),
    [
        (topics.HEAD, topics.TARGET),
        (topics.TAIL, topics.TARGET),
        (headings.TEXT, headings.TARGET),
        (nouns.HEAD, nouns.TARGET),
    ],
    ids=["topics", "topics, end", "headings", "nouns"],
)
def test_a_table_made_anew_has_the_names_that_are_used(written: str, target: Path) -> None:
    """What a script writes around its table stands in the file that ships: nobody changed one without the other."""
    assert written.partition("{")[0].strip() in (ROOT / target).read_text(encoding="utf-8")
