"""Counts that all processes share, by the clock of Redis alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from app.config.redis import RedisSettings
from app.core.limits.limit import Charge, Standing, Verdict
from app.core.redis_commands import Client

TAKE: Final = """
local answer = {1}
for i, key in ipairs(KEYS) do
    local cost, amount, length = ARGV[i * 3 - 2], ARGV[i * 3 - 1], ARGV[i * 3]
    local left = redis.call('PTTL', key)
    local used = left > 0 and redis.call('GET', key) or 0
    if used + cost > tonumber(amount) then answer[1] = 0 end
    answer[i * 2], answer[i * 2 + 1] = tonumber(used), left > 0 and left or tonumber(length)
end
for i, key in ipairs(answer[1] == 1 and KEYS or {}) do
    if answer[i * 2] == 0 then redis.call('SET', key, 0, 'PX', answer[i * 2 + 1]) end
    answer[i * 2] = redis.call('INCRBY', key, ARGV[i * 3 - 2])
end
return answer
"""
"""Told for each key what is taken, of how much, in how many milliseconds; says for each how much
is used, and how long the window lasts."""

GIVE_BACK: Final = """
for i, key in ipairs(KEYS) do
    local left = redis.call('PTTL', key)
    if left > 0 and left <= tonumber(ARGV[i * 2]) then
        redis.call('DECRBY', key, ARGV[i * 2 - 1])
    end
end
"""
"""Told for each key what is given back, and how long its window lasted when that was taken."""


@dataclass(frozen=True, slots=True)
class SharedCounter:
    """Each call is one script, which nothing comes between; Redis is sent what it has forgotten."""

    redis: Client
    settings: RedisSettings

    async def take(self, caller: str, charges: Sequence[Charge]) -> Verdict:
        """Take of all windows or, when one of them has too little left, of none."""
        wanted = ((each.cost, each.window.amount, each.window.seconds * 1000) for each in charges)
        answer = await self.run(TAKE, caller, charges, wanted)
        is_admitted, *numbers = cast("list[int]", answer)
        standings = tuple(map(Standing, numbers[::2], numbers[1::2]))
        return Verdict(bool(is_admitted), standings, self)

    async def give_back(
        self, caller: str, charges: Sequence[Charge], standings: Sequence[Standing]
    ) -> None:
        """Undo what was taken; a window that lasts longer than it did is another one."""
        pairs = zip(charges, standings, strict=True)
        given = ((charge.cost, standing.milliseconds) for charge, standing in pairs)
        await self.run(GIVE_BACK, caller, charges, given)

    async def run(
        self,
        script: str,
        caller: str,
        charges: Sequence[Charge],
        numbers: Iterable[tuple[int, ...]],
    ) -> object:
        """Have it run on the keys of a caller, which lie together in a cluster."""
        tag = "{" + caller + "}"
        keys = [
            self.settings.key("rate", tag, each.policy, str(each.window.seconds))
            for each in charges
        ]
        arguments = [number for group in numbers for number in group]
        return await self.redis.register_script(script)(keys=keys, args=arguments)
