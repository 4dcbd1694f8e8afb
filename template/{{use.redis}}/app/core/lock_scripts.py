"""What Redis does about locks, each in one step."""

from typing import Final

TAKE: Final = """
if redis.call("EXISTS", KEYS[1]) == 1 then
  return 0
end
-- by the clock it rises though Redis was emptied, and by one though the clock went back
local time = redis.call("TIME")
local now = time[1] * 1000000 + time[2]
local number = math.max(now, (redis.call("GET", KEYS[2]) or 0) + 1)
local text = string.format("%.0f", number)
redis.call("SET", KEYS[1], text, "PX", ARGV[1])
redis.call("SET", KEYS[2], text, "PX", math.max(86400000, ARGV[1] * 2))
return number
"""
"""Give a free lock to a new holder: its number, in microseconds since 1970 or more."""

RENEW: Final = """
if redis.call("GET", KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call("PEXPIRE", KEYS[1], ARGV[2])
"""
"""Have it last longer, if it is still this holder's."""

GIVE_BACK: Final = """
if redis.call("GET", KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call("DEL", KEYS[1])
"""
"""Free it, if it is still this holder's."""
