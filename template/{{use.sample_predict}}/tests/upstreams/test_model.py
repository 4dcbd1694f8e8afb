"""app.upstreams.model: what it makes of the model, and what that has to answer."""

import os
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from app.config.model import ModelSettings
from app.core.lifespan import State
from app.core.outgoing.errors import UpstreamUnavailableError
from app.core.outgoing.upstreams import Upstreams, connect
from app.upstreams.model import InputRefusedError, Model
from tests.support.model import small_model

FAKE = "the fake"
SMALL = "the small one"
REAL = os.environ.get("TEST_UPSTREAM_MODEL_URL", FAKE)
LIMIT = timedelta(minutes=1)


def model_of(state: State) -> Model:
    """Have what routes get."""
    return Model(state["upstreams"].to(state["settings"].model))


@pytest.fixture(params=sorted({FAKE, SMALL, REAL}))
async def model(request: pytest.FixtureRequest, state: State) -> AsyncGenerator[Model]:
    """The fake, the small server, and the real one where ``TEST_UPSTREAM_MODEL_URL`` names it."""
    if request.param == FAKE:
        yield model_of(state)
    elif request.param == SMALL:
        async with small_model(state, 0):
            yield model_of(state)
    else:
        upstreams = Upstreams(connect())
        yield Model(upstreams.to(ModelSettings(url=request.param)))
        await upstreams.aclose()


class TestContract:
    """What this service relies on, of each of them."""

    async def test_predict(self, model: Model) -> None:
        answers = await model.predict(["one two", "three"])

        assert [isinstance(each, str) for each in answers] == [True, True]

    async def test_stream(self, model: Model) -> None:
        pieces = [piece async for piece in model.stream("one two", LIMIT)]

        assert "".join(pieces)


class TestSmall:
    """What the small server has besides, to try things with."""

    async def test_same_either_way(self, state: State) -> None:
        async with small_model(state, 0):
            whole = await model_of(state).predict(["one two three"])
            pieces = [piece async for piece in model_of(state).stream("one two three", LIMIT)]

        assert whole == ["".join(pieces)] == ["three two one"]

    async def test_refuses(self, state: State) -> None:
        async with small_model(state, 0):
            first, second = await model_of(state).predict(["refuse this", "one"])
            with pytest.raises(InputRefusedError):
                await anext(model_of(state).stream("refuse this", LIMIT))

        assert isinstance(first, InputRefusedError)
        assert second == "one"

    async def test_away(self, state: State) -> None:
        async with small_model(state, 0):
            pass
        away = Upstreams(connect())
        with pytest.raises(UpstreamUnavailableError):
            await Model(away.to(state["settings"].model)).predict(["one"])
        await away.aclose()
