"""A client's walk through it."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.harness.stage import running
from tests.harness.walk import Walker, walk_core
from tests.harness.walk_articles import walk_articles, walk_guarded_articles, walk_others_articles
from tests.harness.walk_auth import walk_guarded_items, walk_keys, walk_principal, walk_sign_in
from tests.harness.walk_items import walk_items
from tests.harness.walk_notifications import walk_notifications
from tests.harness.walk_orders import walk_guarded_orders, walk_orders
from tests.harness.walk_owners import walk_owned_items
from tests.harness.walk_predictions import walk_guarded_predictions, walk_predictions
from tests.harness.workbench import Workbench

WALKS: Final[tuple[tuple[frozenset[str], Callable[[Walker, Walker], None]], ...]] = (
    (frozenset({"auth"}), walk_principal),
    (frozenset({"jwt"}), walk_sign_in),
    (frozenset({"stored_keys"}), walk_keys),
    (frozenset({"notifications"}), walk_notifications),
    (frozenset({"auth", "sample_items"}), walk_guarded_items),
    (frozenset({"sample_items"}), lambda admin, _: walk_items(admin)),
    (frozenset({"auth", "sample_orders"}), walk_guarded_orders),
    (frozenset({"sample_orders"}), lambda admin, _: walk_orders(admin)),
    (frozenset({"sample_articles"}), walk_guarded_articles),
    (frozenset({"sample_articles"}), lambda admin, _: walk_articles(admin)),
    (frozenset({"auth", "sample_predict"}), walk_guarded_predictions),
    (frozenset({"sample_predict"}), lambda admin, _: walk_predictions(admin)),
)
"""The features that are walked through: by somebody who may do everything, and by anybody."""

OTHERS: Final[Mapping[str, Callable[[Walker, Walker], None]]] = {
    "owned_items": walk_owned_items,
    "sample_articles": walk_others_articles,
}
"""What is walked through by its owner, who may do everything, and by somebody else."""


def stage_walk(bench: Workbench) -> None:
    """A client walks through its API and finds what the contract promises."""
    url = running(bench).url
    with Walker(url) as anybody, Walker(url, bench.identity.sign_in(url)) as admin:
        walk_core(anybody)
        for needed, walk in WALKS:
            if needed <= bench.variant.features:
                walk(admin, anybody)
        for feature, others in OTHERS.items():
            if feature in bench.variant.features:
                with Walker(url, bench.identity.sign_in_as_user(url)) as other:
                    others(admin, other)
