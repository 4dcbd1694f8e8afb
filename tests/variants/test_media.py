"""A browser plays what somebody has sent, by a link with a signature, and seeks in it."""

import io
import wave
from collections.abc import Generator
from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.harness.browsers import Window, chromium, window
from tests.harness.identity import PASSWORD, bearer, login
from tests.harness.renders import Renders
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import workbench

pytestmark = pytest.mark.slow

EMAIL: Final = "ada@example.com"
FILES: Final = "/api/v1/files"
RATE: Final = 44_100
MINUTES: Final = 1.5
PLACE: Final = 60
"""Where to, in seconds: that is five megabytes on."""

SEEK: Final = """async ([link, place]) => {
    const video = document.createElement("video")
    const happens = (name) => new Promise((done, fail) => {
        video.addEventListener(name, done, {once: true})
        video.addEventListener("error", () => fail(video.error.message), {once: true})
    })
    const loaded = happens("loadedmetadata")
    video.src = link
    await loaded
    const sought = happens("seeked")
    video.currentTime = place
    await sought
    return [video.duration, video.currentTime]
}"""


def sound() -> bytes:
    """Write a minute and a half of silence, uncompressed: 8 MB that every browser plays."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, RATE, 0, "NONE", ""))
        writer.writeframes(bytes(2 * int(RATE * 60 * MINUTES)))
    return file.getvalue()


@pytest.fixture
def url(renders: Renders, tmp_path: Path) -> Generator[str]:
    """A service of which somebody is the administrator."""
    chromium()
    variant = variant_of(asked({"database": "sqlite", "uploads": "disk"}))
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        bench.setup()
        bench.deploy()
        bench.make("migrate", **bench.address)
        bench.command("create-admin", EMAIL, stdin=f"{PASSWORD}\n")
        python = bench.production / ".venv/bin/python"
        more = {**bench.platform, "UPLOAD_TYPES": "audio/x-wav,audio/wav"}
        yield bench.serve(python, "-m", "app", folder=bench.production, **more).url


@pytest.fixture
def browser() -> Generator[Window]:
    """A window."""
    with window() as opened:
        yield opened


def test_a_video_tag_seeks(url: str, browser: Window) -> None:
    """It sends no credential, and asks for parts."""
    found: set[int] = set()
    browser.page.on("response", lambda answer: found.add(answer.status))

    duration, place = browser.page.evaluate(SEEK, [url + link(url), PLACE])

    assert (duration, place) == (60 * MINUTES, PLACE)
    assert found == {206}
    assert browser.complaints == []


def link(url: str) -> str:
    """Send the sound, and have a link to it made."""
    with httpx2.Client(base_url=url, headers=bearer(login(url, EMAIL)), timeout=30) as client:
        sent = client.post(FILES, files={"file": ("a.wav", sound(), "audio/wav")})
        assert sent.status_code == 201, sent.text
        made = client.post(f"{FILES}/{sent.json()['items'][0]['id']}/links")
        assert made.status_code == 201, made.text
        found: str = made.json()["url"]
        return found
