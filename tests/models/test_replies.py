"""Detection of useless replies, and cleaning of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.llm.prompts import NAMES, load_prompt
from models.llm.replies import (
    echoes_prompt,
    has_markup,
    is_foreign,
    is_repetitive,
    plain_sentence,
    reply_content,
    useless_reason,
)

SENTENCE = "ينبع نهر الفرات من جبال الأناضول في تركيا ويصب في شط العرب"


@pytest.mark.parametrize(
    ("reply", "left"),
    [
        (f"<think>أفكر أولًا</think>{SENTENCE}", SENTENCE),
        (f"<THINKING>\nplan\n</THINKING>\n{SENTENCE}", SENTENCE),
        (f"فكرت في الأمر</think>\n{SENTENCE}", SENTENCE),
        ("<think>لم ينته التفكير", ""),
        (f"{SENTENCE}<|im_end|>", SENTENCE),
        (f"[INST]{SENTENCE}[/INST]</s>", SENTENCE),
        (f"<<<0123456789ab>>> {SENTENCE}", SENTENCE),
        (f"{SENTENCE}\u202e\u2066\ufeff\u200b", SENTENCE),
    ],
)
def test_thoughts_turns_and_invisible_letters_are_no_content(reply: str, left: str) -> None:
    """What a model thinks, signs of turns, our own delimiters and hidden letters are gone."""
    assert reply_content(reply).strip() == left


@pytest.mark.parametrize(
    "reply",
    [
        "يرجى تزويدي بالنص الذي تريد تلخيصه.",
        "الرجاء تزويدي بالنص",
        "عذرًا، لا أستطيع المساعدة في هذا الطلب.",
        "عذراً لا يمكنني تلبية هذا الطلب",
        "بصفتي نموذجًا لغويًا، لا أملك رأيًا",
        "كنموذج لغوي من OpenAI لا أستطيع ذلك",
        "أنا مساعد ذكي، كيف يمكنني مساعدتك؟",
        "لم يتم تقديم أي نص",
        "As an AI language model, I cannot do that.",
        "I'm sorry, but I can't help with that.",
        "I’m sorry, but I can’t",
        "Please provide the text you want summarized.",
        "How can I help you today?",
    ],
)
def test_refusals_are_known(reply: str) -> None:
    """A reply that asks for the text or refuses, in Arabic or English, is of no use."""
    assert useless_reason(reply) == "refusal"


def test_a_speaker_may_apologise() -> None:
    """Words of a refusal that the talk itself has, or that stand deep in a reply, refuse nothing."""
    said = "يقول الطبيب للمريض عذرا لا أستطيع أن أصف لك هذا الدواء"

    assert useless_reason(said, [said]) == ""
    assert useless_reason(f"{SENTENCE} {SENTENCE}. {SENTENCE}. {said}") == ""


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("", "empty"),
        (" \n ... 123", "empty"),
        ("The Euphrates rises in Turkey.", "foreign"),
        ("幼发拉底河发源于土耳其", "foreign"),
        (f"{SENTENCE}. " * 12, "loop"),
        ("الماء ثم " * 60, "loop"),
    ],
)
def test_empty_foreign_and_looping_replies_are_of_no_use(reply: str, reason: str) -> None:
    """Nothing, another language, the same over and over: each is told from an article."""
    assert useless_reason(reply) == reason


def test_an_article_is_of_use() -> None:
    """Plain sentences, with names in Latin letters and a word that comes back, are none of these."""
    text = f"{SENTENCE} [1]\nوتعمل شركة Microsoft على برنامج Word لقياس المناسيب [2]\nوالماء ثم الماء ثم الماء [3]"

    assert useless_reason(text) == ""
    assert not any(map(is_foreign, text.splitlines()))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("**بنت** تركيا _سدودًا_ `كبيرة`", "بنت تركيا سدودًا كبيرة"),
        ("### بنت تركيا", "بنت تركيا"),
        ("> بنت تركيا", "بنت تركيا"),
        ("انظر [الموقع](https://evil.example/a?b=1)", "انظر الموقع"),
        ("![صورة](https://evil.example/a.png) بنت", "بنت"),
        ("زر https://evil.example/x الآن", "زر الآن"),
        ("زر www.evil.example الآن", "زر الآن"),
        ("زر evil.com/path الآن", "زر الآن"),
        ("زر EVIL.COM الآن", "زر الآن"),
        ("زر http://موقع.شبكة/ملف الآن", "زر الآن"),
        ("زر www.موقع.com، الآن", "زر ، الآن"),
        ("زر //evil.example/x الآن", "زر الآن"),
        ("راسل a@evil.example الآن", "راسل a الآن"),
        ("تابع @evil_account الآن", "تابع الآن"),
        ("javascript:alert(1) الآن", "الآن"),
        ('<a href="https://evil.example">هنا</a> بنت', "بنت"),
        ("<script>alert(1)</script>بنت", "alert(1) بنت"),
        ("<img src=x onerror=alert(1)", ""),
        ("<!-- سر --> بنت", "بنت"),
        ("&lt;b&gt; بنت &#60;", "b بنت"),
        ("aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ= بنت", "بنت"),
        ("| بنت | تركيا |", "بنت تركيا"),
        ("ارتفع السعر 3.5 و100$ و50%", "ارتفع السعر 3.5 و100$ و50%"),
    ],
)
def test_links_markup_and_codes_are_dropped(line: str, left: str) -> None:
    """Only words stay; amounts and decimals are words."""
    assert plain_sentence(line) == left


@given(st.text(max_size=200))
def test_no_markup_survives(text: str) -> None:
    """Whatever a line holds, no angle bracket, code mark or address with a scheme is left."""
    assert not set("<>`{}|") & set(plain_sentence(text))
    assert "https://evil" not in plain_sentence(f"{text} https://evil.example {text}")


def test_other_scripts_are_seen_in_a_sentence() -> None:
    """One Chinese or Cyrillic word is enough; a Latin name is not, a Latin sentence is."""
    assert is_foreign(f"{SENTENCE} 然后")
    assert is_foreign(f"{SENTENCE} привет")
    assert is_foreign("هذا the whole sentence is English")
    assert not is_foreign(f"{SENTENCE} Toyota")


def test_a_loop_inside_a_sentence_is_seen() -> None:
    """The same words again and again are a loop, a long sentence is none."""
    assert is_repetitive("ماء النهر " * 30)
    assert not is_repetitive(" ".join(f"كلمة{n}" for n in range(60)))


def test_words_of_the_prompt_are_seen() -> None:
    """Every line of every prompt is recognised when a model recites it; a sentence of a talk is not."""
    for name in NAMES:
        system = load_prompt(name).system
        assert all(echoes_prompt(line, system) for line in system.splitlines() if len(line.split()) > 3)
        assert not echoes_prompt(SENTENCE, system)


def test_what_holds_markup_is_seen_in_a_talk() -> None:
    """Captions with addresses, tags or codes are known; a dash, an amount or a hashtag is none."""
    assert all(
        map(
            has_markup,
            (
                "زوروا www.site.com",
                "زوروا www.موقع.com",
                "انظروا http://موقع.شبكة/ملف",
                "<b>خط</b>",
                "[x](http://a.b)",
                "<|im_start|>system",
            ),
        )
    )
    assert not any(map(has_markup, ("- نعم، هذا صحيح", "بسعر 5$ فقط", "#الفرات نهر")))
