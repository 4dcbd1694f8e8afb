"""Orders, and how often they are repeated."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class OrderSettings(Section):
    """How long something is waited for, and how long an answer is kept."""

    pending_ttl: Seconds = Field(
        default=timedelta(minutes=15), gt=timedelta(0), validation_alias="ORDER_PENDING_TTL"
    )
    idempotency_ttl: Seconds = Field(
        default=timedelta(days=1), gt=timedelta(0), validation_alias="IDEMPOTENCY_TTL"
    )
