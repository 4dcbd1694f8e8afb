"""The tables: each module of this package is imported with it, so that a migration misses none."""

from app.core.modules import modules
from app.models.base import Base
from app.models.references import align

modules(__name__)
align(Base.metadata)
