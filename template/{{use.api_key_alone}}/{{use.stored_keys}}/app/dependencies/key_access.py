"""Who makes and ends keys."""

from typing import Annotated

from app.dependencies.auth import require
from app.schemas.permission import Permission
from app.schemas.principal import Principal

KeyMaker = Annotated[Principal, require(Permission.KEYS_WRITE)]
