"""From paste to brief to agreed term, as people do it: with the mouse, the keyboard alone, on a telephone, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import opened, seed

NOTE = "सूर्य योजना की बैठक हुई।\nवे मिले।"
_PATHS = (
    "/",
    "/briefs",
    "/batches",
    "/glossary",
    "/glossary/new",
    "/glossary/conflicts",
    "/glossary/import",
    "/memory",
    "/settings",
)


@pytest.fixture(params=["en-IN", "hi-IN"])
def narrow(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from opened(chromium, address, width=380, locale=request.param)


@pytest.fixture(params=["en-IN", "hi-IN"])
def lenient(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page into which the accessibility checker may be put."""
    yield from opened(chromium, address, width=1280, locale=request.param, bypass_csp=True)


def paste(page: Page, text: str) -> None:
    """Paste a note and wait until its brief is done."""
    page.goto("/")
    page.locator("#text").fill(text)
    page.locator("button.main").click()
    expect(page.locator("[data-brief]")).not_to_have_attribute("data-events", "")
    page.locator("[data-events]").wait_for(state="detached")


def test_a_term_proposed_in_a_brief_and_approved_stands_in_the_next_translation(page: Page) -> None:
    paste(page, NOTE)
    assert "Surya Scheme" not in page.locator("#row-0 td[lang=en]").inner_text()

    page.locator("#row-1").focus()
    page.keyboard.press("e")
    expect(page.locator("#row-1 textarea")).to_be_focused()  # the cursor is set then
    page.locator("#row-1 textarea").fill("They met by hand.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#row-1")).to_contain_text("Approved by hand.")
    expect(page.locator("#row-1 .text").last).to_have_text("They met by hand.")

    page.locator("#row-0 td[lang=hi] .text").evaluate(
        "e => { const r = document.createRange(); r.setStart(e.firstChild, 0); r.setEnd(e.firstChild, 11);"
        " getSelection().removeAllRanges(); getSelection().addRange(r); }"
    )
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Hindi")).to_have_value("सूर्य योजना")
    dialog.get_by_label("English").fill("Surya Scheme")
    dialog.get_by_role("button", name="Propose").click()
    expect(dialog.get_by_role("link")).to_contain_text("सूर्य योजना")

    page.goto("/glossary")
    page.keyboard.press("j")
    expect(page.locator("main")).to_contain_text("सूर्य योजना की बैठक हुई।")
    page.keyboard.press("a")
    expect(page.locator("main")).to_contain_text("approved")

    page.goto("/briefs")
    page.locator(".list a").first.click()
    page.get_by_role("button", name="Translate again").click()
    page.locator("[data-events]").wait_for(state="detached")
    expect(page.locator("#row-0 a.pin")).to_have_text("Surya Scheme")
    expect(page.locator("#row-1 .text").last).to_have_text("They met by hand.")


def test_everything_on_a_brief_is_done_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_label("Hindi text")).to_be_focused()
    page.keyboard.insert_text("हम मिले।\nवे गए।\n5 लोग आए।")
    page.keyboard.press("Control+Enter")
    page.locator("[data-brief]").wait_for()
    page.locator("[data-events]").wait_for(state="detached")
    page.keyboard.press("j")
    expect(page.locator("#row-0")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#row-1")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#row-1")).to_contain_text("Approved by hand.")
    expect(page.locator("#row-1")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#row-1")).not_to_contain_text("Approved by hand.")
    page.keyboard.press("e")
    expect(page.locator("#row-1 textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#row-1")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#row-0")).to_be_focused()


def test_both_sides_of_a_pin_are_lit(page: Page) -> None:
    paste(page, "संयुक्त कार्य समूह की बैठक हुई।")
    pin = page.locator("#row-0 a.pin").first
    pin.hover()
    assert page.locator("#row-0 .lit").all_inner_texts() == ["संयुक्त कार्य समूह", "Joint Working Group"]
    page.mouse.move(0, 0)
    expect(page.locator(".lit")).to_have_count(0)
    pin.focus()
    expect(page.locator("#row-0 .lit")).to_have_count(2)


def test_a_file_is_dropped_on_the_page(page: Page) -> None:
    page.goto("/")
    dropped = page.evaluate_handle(
        "() => { const t = new DataTransfer();"
        " t.items.add(new File(['संयुक्त कार्य समूह मिला।'], 'नोट.txt', {type: 'text/plain'})); return t; }"
    )
    page.dispatch_event("#text", "dragover", {"dataTransfer": dropped})
    page.dispatch_event("#text", "drop", {"dataTransfer": dropped})
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("heading", name="नोट.txt")).to_be_visible()
    expect(page.locator("#row-0 a.pin")).to_have_text("Joint Working Group")


def test_the_seed_is_read_on_a_telephone_without_scrolling_sideways(narrow: Page) -> None:
    paste(narrow, seed())
    for path in (narrow.url, *_PATHS):
        narrow.goto(path)
        assert narrow.locator("html").evaluate("e => e.scrollWidth") <= 380, path


def test_pages_are_accessible(lenient: Page) -> None:
    paste(lenient, seed())
    lenient.locator("#row-0").focus()
    for path in (None, *_PATHS):
        if path:
            lenient.goto(path)
        found = Axe().run(lenient).response["violations"]
        serious = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
        assert serious == [], lenient.url


def test_reading_and_pasting_work_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Hindi text").fill("संयुक्त कार्य समूह की बैठक हुई।")
    page.get_by_role("button", name="Translate").click()
    expect(page.locator("a.pin")).to_have_text("Joint Working Group", timeout=60_000)
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("English of this sentence").fill("The Joint Working Group met.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#row-0")).to_contain_text("Approved by hand.")
    context.close()
