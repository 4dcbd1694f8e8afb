"""What Redis does with the window, each in one step.

It is a stream. Its one group carries what a stream does not say of itself: the group's name is the
epoch, made up when the stream is, and its last id how far something was taken out.
"""

from typing import Final

SAY: Final = """
if redis.call("EXISTS", KEYS[1]) == 0 then
  redis.call("XGROUP", "CREATE", KEYS[1], ARGV[1], "$", "MKSTREAM")
end
redis.call("PEXPIRE", KEYS[1], ARGV[2])
local id = redis.call("XADD", KEYS[1], "*", "topic", ARGV[5], "kind", ARGV[6], "data", ARGV[7])
local oldest = tonumber(string.match(id, "^%d+")) - ARGV[3]
local size = redis.call("XLEN", KEYS[1])
-- two at the most: it shrinks all the same, and no call takes long
for _, entry in ipairs(redis.call("XRANGE", KEYS[1], "-", "+", "COUNT", 2)) do
  if size <= tonumber(ARGV[4]) and tonumber(string.match(entry[1], "^%d+")) >= oldest then break end
  local epoch = redis.call("XINFO", "GROUPS", KEYS[1])[1][2]
  redis.call("XDEL", KEYS[1], entry[1])
  redis.call("XGROUP", "SETID", KEYS[1], epoch, entry[1])
  size = size - 1
end
return id
"""
"""Told an epoch for a new stream, the lifetimes of the stream and of what is in it in milliseconds,
how much it may hold, and what is said; gives its id."""

READ: Final = """
if redis.call("EXISTS", KEYS[1]) == 0 then
  redis.call("XGROUP", "CREATE", KEYS[1], ARGV[1], "$", "MKSTREAM")
end
redis.call("PEXPIRE", KEYS[1], ARGV[2])
local group = redis.call("XINFO", "GROUPS", KEYS[1])[1]
local floor, last
for i = 1, #group, 2 do
  if group[i] == "last-delivered-id" then floor = group[i + 1] end
end
local stream = redis.call("XINFO", "STREAM", KEYS[1])
for i = 1, #stream, 2 do
  if stream[i] == "last-generated-id" then last = stream[i + 1] end
end
local found = redis.call("XRANGE", KEYS[1], ARGV[3], "+", "COUNT", ARGV[4])
return {group[2], floor, last, found}
"""
"""Told an epoch and a lifetime as well, from where and how much; gives the epoch, how far something
was taken out, how far something was said, and what was said."""
