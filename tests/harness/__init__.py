"""What the proofs of the template, its features and its variants share."""

import pytest

pytest.register_assert_rewrite(
    *(
        f"{__name__}.{module}"
        for module in ("logs", "stages", "tasks", "walk", "walk_auth", "walk_items", "walk_orders")
    )
)
