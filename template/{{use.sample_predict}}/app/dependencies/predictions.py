"""The model, for routes."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.services.prediction import PredictionService
from app.upstreams.model import Model


async def get_prediction_service(connection: HTTPConnection) -> PredictionService:
    """Put the layers together."""
    state = state_of(connection)
    settings = state["settings"]
    return PredictionService(
        Model(state["upstreams"].to(settings.model)),
        state["batches"],
        state["turns"],
        state["processes"],
        settings.predictions.stream_timeout,
    )


PredictionServiceDep = Annotated[PredictionService, Depends(get_prediction_service)]
