"""Version 1 of the API: the ``router`` of each module in this package.

A request tries one after the other: those that lie here, by name, then those in a folder.
"""

from fastapi import APIRouter

from app.core.modules import modules

FOUND = [module.router for module in modules(__name__) if hasattr(module, "router")]

ROUTERS: list[APIRouter] = list({id(router): router for router in FOUND}.values())
"""Each once, also where a folder's own module hands one on."""
