"""From English to Hindi and back, with the switch, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import opened


@pytest.fixture
def copying(chromium: Browser, address: str) -> Iterator[Page]:
    """A page that may copy."""
    yield from opened(chromium, address, width=1280, permissions=["clipboard-read", "clipboard-write"])


def test_a_brief_is_worked_on_in_hindi(copying: Page) -> None:
    copying.goto("/")
    copying.get_by_role("button", name="हिन्दी").click()
    expect(copying.locator("html")).to_have_attribute("lang", "hi")
    copying.get_by_label("हिन्दी पाठ").fill("हम कल आगरा गए।")
    copying.get_by_role("button", name="अनुवाद करें").click()
    copying.locator("[data-brief]").wait_for()
    copying.locator("[data-events]").wait_for(state="detached")
    row = copying.locator("#row-0")
    expect(row.get_by_role("button", name="अनुमोदित करें")).to_be_attached()  # the row has come as an event
    row.focus()
    copying.keyboard.press("e")
    expect(row.get_by_label("इस वाक्य की अंग्रेज़ी")).to_be_focused()
    row.get_by_role("button", name="सहेजें").click()
    expect(row).to_contain_text("व्यक्ति द्वारा अनुमोदित।")
    expect(row).to_be_focused()  # the keys are for it then
    copying.keyboard.press("c")
    expect(copying.locator("#said")).to_have_text("पंक्ति की अंग्रेज़ी कॉपी हो गई।")


def test_the_switch_works_without_scripts_and_stays_on_the_page(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, locale="hi-IN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/glossary?status=all&words=समूह")
    here = page.url
    expect(page.get_by_role("heading", name="शब्दावली: पारिभाषिक शब्द")).to_be_visible()
    for name, heading in (("English", "Glossary: terms"), ("हिन्दी", "शब्दावली: पारिभाषिक शब्द")):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        assert page.url == here
    context.close()
