"""Labels: what is learned from an author, and what is taken for a slip."""

from __future__ import annotations

import numpy as np

from models.training.restore import dataset
from models.training.restore.corpus import MARKS, tokens
from models.training.restore.dataset import UNKNOWN, Article
from models.training.restore.grammar import corrected


def article(text: str, *, dev: bool = False, careful: bool = True, name: str = "x") -> Article:
    """An article of one paragraph."""
    return Article(name, [tokens(text)], dev=dev, careful=careful)


def texts(item: Article) -> list[str]:
    """Its words."""
    return [word.text for word in item.paragraphs[0]]


def labels(data: dict[str, np.ndarray], name: str = "tag") -> list[str]:
    """The labels of all running words in words; `-` for an unknown one."""
    names = [str(tag) for tag in data["tags"]] if name == "tag" else list(MARKS)
    return ["-" if label == UNKNOWN else names[label] for label in data[name]]


def test_alef_maqsura_for_yaa_is_repaired() -> None:
    """`فى` is read as `في` where that is far more frequent; names that differ stay two words."""
    library = [article("في " * 40 + "فى مصر"), article("على " * 10 + "علي")]
    dataset.repair_final_yaa(library)

    assert texts(library[0])[-2:] == ["في", "مصر"]
    assert texts(library[1])[0] == "على"
    assert texts(library[1])[-1] == "علي"


def test_left_out_marks_are_slips_only_where_they_are_rare() -> None:
    """`الى` once beside forty `إلى` is a slip; `ان` with two spellings of equal right keeps both."""
    found = dataset.spellings([article("إلى " * 40 + "الى " + "أن " * 9 + "إن " * 5)])

    assert found["الى"] == {"0إ": 40}
    assert found["ان"] == {"0أ": 9, "0إ": 5}
    assert dataset.spellings([article("وجهة " * 9 + "وجهه " * 5)])["وجهه"] == {"ة": 9, "": 5}


def test_a_slip_is_not_learned_from() -> None:
    """Its label is unknown, while its mark is learned."""
    data = dataset.arrays([article("إلى " * 40 + "الى.")])

    assert labels(data)[-2:] == ["0إ", "-"]
    assert labels(data, "mark")[-1] == "."


def test_careless_articles_teach_marks_alone() -> None:
    """All their spelling labels are unknown."""
    data = dataset.arrays([article("إلى من " * 6), article("ذهب من البيت.", careful=False)])

    assert labels(data)[12:] == ["-", "-", "-"]
    assert labels(data, "mark")[-1] == "."


def test_text_kept_apart_is_not_counted_in_the_lexicon() -> None:
    """A spelling seen only there is no tag."""
    data = dataset.arrays([article("إلى " * 6), article("أمة " * 50, dev=True)])

    assert "0أة" not in data["tags"]
    assert data["dev"].tolist() == [False, True]
    assert data["end"].tolist() == [6, 56]


def test_tanween_is_learned_from_those_who_write_it() -> None:
    """An author who leaves it out where others write it teaches nothing about it."""
    library = [article("قال أيضاً " * 9), article("قال أيضا " * 6)]
    data = dataset.arrays(library)

    assert data["tanween"][1] == 1
    assert set(data["tanween"][18:].tolist()) == {UNKNOWN}
    assert data["tanween"][0] == UNKNOWN


def test_discourse_weighs_more_than_lists() -> None:
    """Text that argues is read more often; what the project wrote most of all."""
    argues = article("لا أظن أن هذا هو كل ما يمكن أن نقول")
    lists = article("ولد في مدينة القاهرة عام خمسين ودرس الهندسة")

    assert argues.weight > 1 > lists.weight
    assert dataset.read_own().weight > argues.weight


def test_grammar_corrects_what_authors_slip_on() -> None:
    """`إن` after saying within a sentence, after حيث, and at a beginning; `أن` elsewhere; unknown before a verb."""
    text = (
        "إن أن قال الوزير أن الدولة قوية. أنه بخير. يجب أن نعمل حيث أنه هنا. قال. نعم أن هذا قال له أن يذهب. "
        + "أن إن " * 9
    )
    data = dataset.arrays([article(text)])
    words = [str(data["words"][at]) for at in data["word"]]
    tags = dict(enumerate(str(tag) for tag in data["tags"])) | {UNKNOWN: "-"}
    found = [tags[tag] for word, tag in zip(words, corrected(data), strict=True) if word in {"ان", "انه"}][:8]

    assert found == ["0إ", "0أ", "0إ", "0إ", "0أ", "0إ", "0أ", "-"]


def test_haa_after_the_article_is_doubted() -> None:
    """`المكظومه` once is a slip, `الوجه` five times is a word; taa marbuta is believed at once."""
    data = dataset.arrays([article("المكظومه المنحطة مكظومه " + "الوجه مدينة إن أن " * 5)])
    tags = corrected(data)

    assert labels(data | {"tag": tags})[:4] == ["-", "ة", "", ""]


def test_what_the_project_wrote_is_spelled_and_marked() -> None:
    """The shipped speech text is read whole, each line as a paragraph that argues, asks and ends."""
    own = dataset.read_own()
    marks = {word.mark for paragraph in own.paragraphs for word in paragraph}

    assert len(own.paragraphs) >= 30
    assert own.careful
    assert {"؟", "،", "؛", ":", "."} <= marks
