"""Where the server listens and how it ends."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class ServerSettings(Section):
    """Read by ``gunicorn.conf.py``."""

    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias="PORT")
    workers: int = Field(default=1, ge=1, le=128, validation_alias="WEB_CONCURRENCY")
    worker_timeout: Seconds = Field(
        default=timedelta(seconds=30), validation_alias="WORKER_TIMEOUT"
    )
    max_requests: int = Field(default=0, ge=0, validation_alias="MAX_REQUESTS")
    max_requests_jitter: int = Field(default=0, ge=0, validation_alias="MAX_REQUESTS_JITTER")
    graceful_timeout: Seconds = Field(
        default=timedelta(seconds=30), validation_alias="GRACEFUL_TIMEOUT"
    )
    keep_alive: Seconds = Field(default=timedelta(seconds=75), validation_alias="KEEP_ALIVE")
    max_header_bytes: int = Field(default=32_768, ge=1024, validation_alias="MAX_HEADER_BYTES")
    max_headers: int = Field(default=100, ge=10, validation_alias="MAX_HEADERS")
    trusted_proxies: str = Field(default="127.0.0.1", validation_alias="FORWARDED_ALLOW_IPS")
