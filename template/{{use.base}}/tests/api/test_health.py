"""/healthz and /readyz."""

import pytest
from httpx2 import AsyncClient

from app.api import health
from app.core.health import Check, CheckResult, Health, Look
from app.core.http.drain import Drain
from app.core.lifespan import State
from app.core.modules import find
from tests.support.findings import expect_none


class TestFound:
    def test_every_check(self) -> None:
        expect_none(
            f"check {each.name} of {each.look.__module__} is not found: move it to app/api/checks/"
            for each in find("app", Check)
            if each.name not in health.CHECKS
        )


class TestHealthz:
    async def test_alive(self, client: AsyncClient) -> None:
        response = await client.get("/healthz")

        assert response.status_code == 200
        assert response.json() == {"status": "ok"}

    async def test_does_not_ask_the_dependencies(
        self, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        depend_on(monkeypatch, Health.UNAVAILABLE)

        assert (await client.get("/healthz")).status_code == 200


class TestReadyz:
    async def test_ready(self, client: AsyncClient) -> None:
        response = await client.get("/readyz")

        assert response.status_code == 200
        assert response.json()["status"] == "ok"
        assert response.json()["checks"].keys() == health.CHECKS.keys()

    async def test_degraded_still_serves(
        self, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        depend_on(monkeypatch, Health.OK, Health.DEGRADED)

        response = await client.get("/readyz")

        assert response.status_code == 200
        assert response.json() == {
            "status": "degraded",
            "checks": {"dependency 0": {"status": "ok"}, "dependency 1": {"status": "degraded"}},
        }

    async def test_one_unavailable_dependency_is_enough(
        self, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        depend_on(monkeypatch, Health.OK, Health.UNAVAILABLE, Health.DEGRADED)

        response = await client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["status"] == "unavailable"

    async def test_draining(self, client: AsyncClient, state: State) -> None:
        state["drain"] = Drain(started=True)

        response = await client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["checks"]["process"] == {
            "status": "unavailable",
            "detail": "draining",
        }


def depend_on(monkeypatch: pytest.MonkeyPatch, *statuses: Health) -> None:
    """Let the service have these dependencies instead of its own."""

    def check(status: Health) -> Look:
        async def answer(_: State) -> CheckResult:
            return CheckResult(status=status)

        return answer

    checks = {f"dependency {number}": check(status) for number, status in enumerate(statuses)}
    monkeypatch.setattr(health, "CHECKS", checks)
