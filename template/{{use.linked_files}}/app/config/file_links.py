"""Addresses of files that want no credential."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class FileLinkSettings(Section):
    """For how long one holds; nothing takes it back sooner, but that the file goes."""

    ttl: Seconds = Field(
        default=timedelta(minutes=5),
        gt=timedelta(0),
        le=timedelta(days=1),
        validation_alias="FILE_LINK_TTL",
    )
