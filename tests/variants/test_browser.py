"""The documentation of a service as a browser shows it, with the network closed."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.harness.browsers import Window, chromium, window
from tests.harness.commands import run
from tests.harness.identity import PASSWORD
from tests.harness.renders import Renders
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import variant_with
from tests.harness.workbench import workbench

EMAIL = "ada@example.com"
PREFIX = "/shop"
SHOTS = Path(__file__).parents[2] / "reports"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A service with users and items, below a prefix that its proxy leaves on."""
    chromium()
    variant = variant_with(database="sqlite", auth="jwt", sample="items", celery=False)
    with workbench(variant, tmp_path_factory.mktemp("browser"), renders) as bench:
        stage_generate(bench)
        bench.setup()
        bench.make("migrate", **bench.address)
        run(
            *(bench.project / ".venv/bin/python", "-m", "app.cli", "create-admin", EMAIL),
            folder=bench.project,
            variables=bench.variables(**bench.address),
            stdin=f"{PASSWORD}\n",
        )
        server = bench.serve("make", "run", folder=bench.project, ROOT_PATH=PREFIX, **bench.address)
        yield server.url
        server.stop()


@pytest.fixture
def browser(url: str) -> Generator[Window]:
    """A window that asked nobody but the service, and had nothing to complain of."""
    SHOTS.mkdir(exist_ok=True)
    with window() as opened:
        yield opened
    assert [asked for asked in opened.asked if not asked.startswith((url, "data:", "blob:"))] == []
    assert opened.complaints == []


def test_swagger(url: str, browser: Window) -> None:
    """It renders, Authorize signs in, and a call that wants a credential succeeds."""
    page = browser.page
    page.goto(f"{url}{PREFIX}/docs")

    page.locator(".auth-wrapper .authorize").click()
    dialog = page.locator(".modal-ux")
    dialog.locator("#oauth_username").fill(EMAIL)
    dialog.locator("#oauth_password").fill(PASSWORD)
    dialog.locator(".modal-btn.authorize").click()
    dialog.get_by_text("Logout").wait_for()
    dialog.locator(".btn-done").click()

    operation = page.locator("#operations-items-list_items_api_v1_items_get")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    status = operation.locator(".live-responses-table .response-col_status").last
    status.filter(has_text="200").wait_for()
    page.screenshot(path=SHOTS / "docs.png", full_page=False)

    assert '"total": 0' in operation.locator(".live-responses-table").inner_text()


def test_redoc(url: str, browser: Window) -> None:
    page = browser.page
    page.goto(f"{url}{PREFIX}/redoc")

    page.get_by_role("heading", name="List Items").first.wait_for()
    page.screenshot(path=SHOTS / "redoc.png", full_page=False)
