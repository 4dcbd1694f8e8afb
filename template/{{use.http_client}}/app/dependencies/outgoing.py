"""Calls to others, for routes and services."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.outgoing.public import PublicWeb
from app.upstreams.weather import Weather


async def get_weather(connection: HTTPConnection) -> Weather:
    """Put it on the connections of the process."""
    state = state_of(connection)
    return Weather(state["upstreams"].to(state["settings"].weather))


async def get_public_web(connection: HTTPConnection) -> PublicWeb:
    """Find the client for addresses that a user names."""
    return state_of(connection)["public_web"]


WeatherDep = Annotated[Weather, Depends(get_weather)]
PublicWebDep = Annotated[PublicWeb, Depends(get_public_web)]
