"""The few rows on which what takes long is done, or what is done in more than one way."""

from functools import cache

from tests.harness.covering import Row, covering_subset
from tests.harness.variant import Variant
from tests.harness.variants import covering, name_of


@cache
def starting() -> frozenset[str]:
    """Choose the first row with each of what these few hold: together, all servers and commands."""
    found: dict[str, str] = {}
    for variant in reversed(covering()):
        found[str(started(variant))] = variant.name
    few = covering_subset(map(started, covering()), strength=1)
    return frozenset(found[str(row)] for row in few)


def started(variant: Variant) -> Row:
    """Say what decides which servers and which commands it has."""
    answers = variant.answers
    servers = f"{answers.get('database')} {answers.get('broker')}"
    return {"servers": servers, "orm": answers["orm"], "auth": answers["auth"]}


@cache
def sharing() -> frozenset[str]:
    """Choose the rows whose tests run in several processes: with each server and each answer."""
    few = covering_subset([dict(each.answers) for each in covering()], strength=1)
    return starting() | {name_of(row) for row in few}
