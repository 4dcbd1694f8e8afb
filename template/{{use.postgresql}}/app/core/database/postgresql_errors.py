"""What the errors of asyncpg mean."""

from typing import Final

import asyncpg

# asks whether the server refuses changes, as a replica does
REFUSES_CHANGES: Final = "SELECT current_setting('transaction_read_only') = 'on'"

# ended for the sake of another transaction
ABORTED: Final = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)

OUTAGES: Final = (
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientResourcesError,  # connections, memory, the disk
    asyncpg.OperatorInterventionError,  # shut down, starting, or it took too long
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,
    *ABORTED,
)

CONFLICTS: Final = {
    "23001": "reference_violation",
    "23503": "reference_violation",
    "23505": "already_exists",
}


def is_outage(error: BaseException | None) -> bool:
    """Tell an unreachable server from a wrong query."""
    return isinstance(error, OUTAGES)


def is_aborted(error: BaseException | None) -> bool:
    """Tell a transaction that may succeed when it is tried again."""
    return isinstance(error, ABORTED)


def is_read_only(error: BaseException | None) -> bool:
    """Tell a connection that is good for reading only, as a failover leaves it behind."""
    return isinstance(error, asyncpg.ReadOnlySQLTransactionError)


def code_of(error: BaseException | None) -> str:
    """Map the SQLSTATE of a violated constraint to a stable code."""
    return CONFLICTS.get(str(getattr(error, "sqlstate", "")), "conflict")
