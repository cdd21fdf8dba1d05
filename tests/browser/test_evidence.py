"""Every sentence is one click from its second in the video and from the words it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import ready, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

    from tests.browser.chromium import Seen
    from tests.browser.desk import DeskProcess

SAID = "#b-sections-1-1-2"
"""Rests on sentence 6, said at 9:15."""


def player(page: Page) -> FrameLocator:
    """The fake player inside the page."""
    return page.frame_locator("#player iframe")


def orders(page: Page) -> list[str]:
    """What the player was told, in order."""
    expect(player(page).locator("#orders li").first).to_be_attached()
    return player(page).locator("#orders li").all_text_contents()


def test_nothing_is_asked_of_youtube_before_the_editor_asks(draft: Page, seen: Seen) -> None:
    """Reading a draft with the keys asks nothing of the player's host; the first click on a sentence shows it."""
    for _ in range(4):
        draft.keyboard.press("j")
    expect(draft.locator(".said.current")).to_have_count(1)
    assert seen.player == []

    draft.locator(SAID).click()
    expect(draft.locator("#player iframe")).to_be_visible()
    assert len(seen.player) == 1
    assert "start=555" in seen.player[0]
    assert "enablejsapi=1" in seen.player[0]


def test_a_sentence_leads_to_its_second_and_its_evidence(draft: Page) -> None:
    """A click on a sentence lights up what it rests on, and the player seeks to that second; so does the next one."""
    draft.locator(SAID).click()
    expect(draft.locator(".spoken.lit")).to_have_attribute("data-sentence", "6")
    expect(draft.locator(".spoken.lit")).to_be_in_viewport()
    expect(player(draft).locator("#orders li", has_text="seekTo 555")).to_have_count(1)

    draft.locator("#b-sections-2-1-1").click()
    expect(draft.locator(".spoken.lit")).to_have_attribute("data-sentence", "9")
    expect(player(draft).locator("#orders li", has_text="seekTo 1500")).to_have_count(1)


def test_a_caption_leads_to_the_sentences_that_use_it(draft: Page) -> None:
    """A click on a sentence of the transcript lights up exactly the statements that rest on it, and shows the first."""
    draft.locator("#s6").click(position={"x": 10, "y": 10})

    expect(draft.locator(".said.lit")).to_have_count(2)
    assert draft.locator(".said.lit").evaluate_all("(all) => all.map((one) => one.dataset.cites)") == ["6", "6"]
    expect(draft.locator(".said.lit").first).to_be_in_viewport()


def test_the_transcript_follows_the_video(draft: Page) -> None:
    """While the video plays, the sentence being said is marked; one scroll by hand frees the list, a button ties it."""
    draft.locator(SAID).click()
    expect(draft.locator(".spoken.now")).to_have_attribute("data-sentence", "6")
    draft.locator("#transcript ol").hover()
    draft.mouse.wheel(0, 400)
    expect(draft.locator("#follow")).to_be_visible()
    draft.locator("#follow").click()
    expect(draft.locator("#follow")).to_be_hidden()
    expect(draft.locator(".spoken.now")).to_be_in_viewport()


def test_keys_rule_the_video(draft: Page) -> None:
    """Space shows, pauses and plays; brackets change the speed; Alt+S goes to the current sentence."""
    draft.keyboard.press("Space")
    expect(player(draft).locator("#clock")).to_contain_text("▶")
    draft.keyboard.press("Space")
    expect(player(draft).locator("#clock")).to_contain_text("⏸")
    draft.keyboard.press("]")
    expect(player(draft).locator("#clock")).to_contain_text("1.25×")
    expect(draft.locator("#state")).to_contain_text("1.25×")
    draft.keyboard.press("[")
    draft.keyboard.press("[")
    expect(player(draft).locator("#clock")).to_contain_text("0.75×")
    draft.keyboard.press("f")
    draft.keyboard.press("Alt+s")

    assert orders(draft)[-1] == "seekTo 555 true"


def test_a_time_in_the_legend_or_the_transcript_leads_into_the_player(draft: Page) -> None:
    """Times seek in the page; nothing opens in another tab while the player works."""
    draft.locator("#minutes a[data-start='1500.0']").click()
    expect(player(draft).locator("#orders li", has_text="seekTo 1500")).to_have_count(1)
    draft.locator("#s2 a.time").click()
    expect(player(draft).locator("#orders li", has_text="seekTo 63")).to_have_count(1)

    assert len(draft.context.pages) == 1


def test_editing_pauses_the_video(draft: Page) -> None:
    """Nobody has to listen and write at once."""
    draft.locator(SAID).click()
    expect(player(draft).locator("#clock")).to_contain_text("▶")
    draft.keyboard.press("e")

    expect(player(draft).locator("#orders li", has_text="pauseVideo")).to_have_count(1)


def test_only_the_players_own_messages_count(draft: Page) -> None:
    """A message of another origin or another window moves nothing, whatever it says."""
    draft.locator(SAID).click()
    expect(draft.locator(".spoken.now")).to_have_attribute("data-sentence", "6")
    draft.keyboard.press("Space")
    expect(player(draft).locator("#clock")).to_contain_text("⏸")
    draft.evaluate("""() => {
      postMessage(JSON.stringify({ event: "infoDelivery", info: { currentTime: 4400 } }), "*");
      dispatchEvent(new MessageEvent("message", {
        origin: "https://www.youtube-nocookie.com", source: window,
        data: JSON.stringify({ event: "onError", info: 150 }),
      }));
    }""")
    draft.wait_for_timeout(200)

    expect(draft.locator(".spoken.now")).to_have_attribute("data-sentence", "6")
    expect(draft.locator("#player iframe")).to_be_visible()


def test_without_a_network_there_is_a_notice(chrome: Browser, desk: DeskProcess) -> None:
    """A player that does not answer gives way to a notice with a link; evidence still lights up, and nothing breaks."""
    with window(chrome, offline=True) as (context, seen):
        page = context.new_page()
        desk.enter(page)
        page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
        ready(page)
        page.locator(SAID).click()
        expect(page.locator(".spoken.lit")).to_have_attribute("data-sentence", "6")
        expect(page.locator("#player")).to_have_attribute("data-failed", "offline", timeout=20_000)

        expect(page.locator("#player .notice")).to_be_visible()
        expect(page.locator("#player iframe")).to_have_count(0)
        expect(page.locator("#player a")).to_have_attribute("href", "https://www.youtube.com/watch?v=TadwinDemo1")
        context.set_offline(offline=True)
        page.locator("#b-sections-2-1-1").click()
        expect(page.locator(".spoken.lit")).to_have_attribute("data-sentence", "9")
        assert seen.clean, seen


def test_where_embedding_is_forbidden_there_is_a_link_out(page: Page, desk: DeskProcess) -> None:
    """A video that may not be embedded gives way to its link, and times open it at their second."""
    shelf.put(desk.library, shelf.renamed(shelf.FORBIDDEN))
    page.goto(f"{desk.origin}/d/{shelf.FORBIDDEN}")
    ready(page)
    page.locator(SAID).click()
    expect(page.locator("#player")).to_have_attribute("data-failed", "forbidden")

    expect(page.locator("#player .notice")).to_be_visible()
    expect(page.locator("#show-video")).to_be_hidden()
    expect(page.locator("#s6 a.time")).to_have_attribute(
        "href", f"https://www.youtube.com/watch?v={shelf.FORBIDDEN}&t=555s"
    )


def test_an_article_of_a_file_has_no_player(page: Page, desk: DeskProcess, seen: Seen) -> None:
    """Without a video there is no frame and no button, and evidence lights up all the same."""
    page.goto(f"{desk.origin}/d/{shelf.LOCAL}")
    ready(page)
    page.locator(SAID).click()

    expect(page.locator(".spoken.lit")).to_have_attribute("data-sentence", "6")
    expect(page.locator("#show-video")).to_have_count(0)
    expect(page.locator("#player .notice")).to_be_visible()
    assert seen.player == []
