"""Links to files, as clients see them."""

from datetime import datetime

from pydantic import BaseModel


class FileLink(BaseModel):
    """A path on this host that wants no credential until ``expires_at``."""

    url: str
    expires_at: datetime
