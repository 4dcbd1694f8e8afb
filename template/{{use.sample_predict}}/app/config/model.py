"""Where the model is."""

from datetime import timedelta
from typing import ClassVar

from app.config.outgoing import Patience, UpstreamSettings, UpstreamUrl, variables
from app.config.section import Section


class ModelSettings(Section, UpstreamSettings):
    """A server with one model; it thinks before it answers, so it is waited for."""

    model_config = variables("UPSTREAM_MODEL")
    upstream: ClassVar[str] = "model"

    url: UpstreamUrl = "http://127.0.0.1:8001"
    read_timeout: Patience = timedelta(seconds=15)
    timeout: Patience = timedelta(seconds=25)
