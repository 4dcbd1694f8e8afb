"""The tables: each module of this package is imported with it, so that a migration misses none."""

from app.core.modules import modules

modules(__name__)
