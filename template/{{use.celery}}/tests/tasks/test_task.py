"""app.tasks.task: how tasks are declared and called."""

from datetime import timedelta

import pytest
import structlog

from app.core.lifespan import State
from app.core.tasks.message import Message
from app.tasks.job import jittered
from app.tasks.runtime import perform
from app.tasks.task import task
from app.tasks.work import Work


@task("probe.greet")
async def greet(_: Work, name: str, times: int = 1) -> None:
    """Do nothing."""


class TestCall:
    def test_message(self) -> None:
        message = greet.call("Ada", times=2)

        assert (message.task, message.arguments) == ("probe.greet", ("Ada", 2))

    def test_defaults(self) -> None:
        assert greet.call("Ada").arguments == ("Ada", 1)

    def test_log_context(self) -> None:
        with structlog.contextvars.bound_contextvars(request_id="request-1"):
            assert greet.call("Ada").context["request_id"] == "request-1"

    def test_objects_are_refused(self) -> None:
        with pytest.raises(TypeError, match="a task takes ids, not a dict"):
            greet.call({"name": "Ada"})  # pyright: ignore[reportArgumentType]

    def test_missing_argument(self) -> None:
        with pytest.raises(TypeError, match="missing a required argument"):
            greet.call()  # pyright: ignore[reportCallIssue]


class TestPerform:
    async def test_what_a_task_hands_in(self, state: State) -> None:
        handed_in: list[Message] = []
        names: list[str] = []

        @task("probe.inner")
        async def inner(_: Work) -> None:
            names.append(structlog.contextvars.get_contextvars()["task"])

        @task("probe.outer")
        async def outer(_: Work) -> None:
            handed_in.append(inner.call())

        await perform(state, outer, outer.call())
        await perform(state, inner, handed_in[0])

        assert names == ["probe.inner"]


class TestJittered:
    @pytest.mark.parametrize(("retries", "longest"), [(0, 2), (1, 4), (3, 16), (9, 60)])
    def test_grows_to_a_limit(self, retries: int, longest: int) -> None:
        pauses = [jittered(retries, timedelta(minutes=1)) for _ in range(100)]

        assert all(longest / 2 <= pause <= longest for pause in pauses)
        assert len(set(pauses)) > 1
