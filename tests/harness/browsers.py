"""A real browser, without a network: Debian's Chromium, or the one that CHROMIUM names."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.harness.services import REQUIRED

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
OFFLINE: Final = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def chromium() -> str:
    """Find it. Without it the test is skipped by its name; in CI it fails."""
    for program in (os.environ.get("CHROMIUM", ""), *PROGRAMS):
        if found := shutil.which(program):
            return found
    reason = "there is no Chromium: install the package chromium, or name one by CHROMIUM"
    if os.environ.get(REQUIRED) == "1":
        raise AssertionError(reason)
    pytest.skip(reason)


@dataclass
class Window:
    """A page, and what went wrong or was asked for while it was open."""

    page: Page
    asked: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    def watch(self) -> None:
        """Write down each request, and each complaint of the browser or of a script."""
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complain(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def complain(self, kind: str, text: str) -> None:
        """Keep errors alone; a policy that was broken is one."""
        if kind == "error":
            self.complaints.append(text)


@contextmanager
def window() -> Generator[Window]:
    """Open an empty page; no name is resolved."""
    program = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[OFFLINE, "--no-sandbox"]
        )
        try:
            opened = Window(browser.new_page(viewport={"width": 1280, "height": 1600}))
            opened.watch()
            yield opened
        finally:
            browser.close()
