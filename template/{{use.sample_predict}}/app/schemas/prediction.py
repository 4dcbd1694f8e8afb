"""Predictions as clients see them."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from app.core.http.request_model import RequestModel

LONGEST = 100_000

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class PredictionCreate(RequestModel):
    """What the model is asked."""

    text: Text


class PredictionRead(BaseModel):
    """What the model says."""

    text: str
