"""How much may be done beside the event loop."""

from pydantic import Field

from app.config.section import Section


class OffloadSettings(Section):
    """Limits of each worker process."""

    threads: int = Field(default=8, ge=1, validation_alias="OFFLOAD_THREADS")
    processes: int = Field(default=2, ge=1, validation_alias="OFFLOAD_PROCESSES")
    queue: int = Field(default=32, ge=0, validation_alias="OFFLOAD_QUEUE")
