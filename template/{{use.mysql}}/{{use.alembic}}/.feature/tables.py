

def compare_exactly() -> None:
    """Tell ``Pen`` from ``pen`` and from ``pén`` in every table that does not say otherwise."""
    op.execute(sa.text("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"))


def keep_comparing() -> None:
    """Leave the database as it is: what its collation was before is not known."""
