"""What is kept for a while."""

from pydantic import Field

from app.config.section import Section


class CacheSettings(Section):
    """How much is kept of one answer."""

    max_value_size: int = Field(default=65_536, ge=1, validation_alias="CACHE_MAX_VALUE_SIZE")
