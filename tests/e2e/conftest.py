"""A real service, started by its command, and a real browser (Debian: chromium). Without one these tests are skipped."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

_CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
_ADDRESS = re.compile(r"http://\S+")
_PATIENCE = 60_000  # milliseconds: the machine may have other work
expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service is; its data are its own."""
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path_factory.mktemp("home")), "DWIBHASHI_RATE": "6000/minute"}
    command = [sys.executable, "-m", "web.commands", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        found = _ADDRESS.search(process.stderr.readline())
        assert found, process.stderr.read()
        yield found.group()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if _CHROMIUM is None:
        pytest.skip("no browser here; Debian's package chromium is one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A wide page; what its scripts complain of is an error."""
    yield from opened(chromium, address, width=1280)


def opened(
    chromium: Browser, address: str, width: int, locale: str = "en-IN", bypass_csp: bool = False, permissions: Sequence[str] = ()
) -> Iterator[Page]:
    """A page of the service in a context of its own, whose browser asks for the language of `locale`."""
    context = chromium.new_context(
        base_url=address, viewport={"width": width, "height": 800}, locale=locale, bypass_csp=bypass_csp, permissions=permissions
    )
    context.set_default_timeout(_PATIENCE)
    complaints: list[str] = []
    made = context.new_page()
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield made
    context.close()
    assert complaints == []


def seed() -> str:
    """The standing example."""
    folder = Path(__file__).parent.parent.parent / "seeds"
    return next(folder.glob("*.txt")).read_text(encoding="utf-8")
