"""How soon a socket notices that its credential has ended."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class RecheckSettings(Section):
    """Credentials of open sockets."""

    interval: Seconds = Field(
        default=timedelta(seconds=5),
        ge=timedelta(seconds=0.1),
        le=timedelta(minutes=5),
        validation_alias="SOCKET_RECHECK",
    )
