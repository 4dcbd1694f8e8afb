"""What Redis does about who is in a room, each in one step.

A room is a sorted set: an entry for each socket, by the time at which it is not there any more.
"""

from typing import Final

CLOCK: Final = """
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""

RENEW: Final = (
    CLOCK
    + """
local gone = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", now)
redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", now)
local before = redis.call("ZRANGE", KEYS[1], 0, -1)
for i = 2, #ARGV do
  redis.call("ZADD", KEYS[1], now + ARGV[1], ARGV[i])
end
redis.call("PEXPIRE", KEYS[1], ARGV[1])
return {gone, before}
"""
)
"""Told a lifetime in milliseconds, and entries; gives those that ended, and those that go on."""

LINGER: Final = (
    CLOCK
    + """
return redis.call("ZADD", KEYS[1], "XX", "LT", now + ARGV[1], ARGV[2])
"""
)
"""Told a shorter lifetime for an entry."""

LEAVE: Final = (
    CLOCK
    + """
local was = redis.call("ZREM", KEYS[1], ARGV[1])
return {was, redis.call("ZRANGEBYSCORE", KEYS[1], "(" .. now, "+inf")}
"""
)
"""Take an entry out; gives whether it was there, and those that are left."""
