"""app.config.predictions, app.config.model: each variable counts, and none has no end."""

import pytest
from pydantic import ValidationError

from app.config.model import ModelSettings
from app.config.predictions import PredictionSettings


class TestVariables:
    def test_model(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("UPSTREAM_MODEL_URL", "http://model.test/v2/")

        assert ModelSettings.read().url == "http://model.test/v2"

    def test_limits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PREDICT_CONCURRENCY", "7")

        assert PredictionSettings.read().concurrency == 7

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PREDICT_CONCURRENCY", "0"),
            ("PREDICT_QUEUE_SIZE", "1000000"),
            ("PREDICT_BATCH_SIZE", "0"),
            ("PREDICT_BATCH_WAIT", "60"),
            ("PREDICT_STREAM_TIMEOUT", "0"),
        ],
    )
    def test_refused(self, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
        monkeypatch.setenv(name, value)

        with pytest.raises(ValidationError):
            PredictionSettings.read()
