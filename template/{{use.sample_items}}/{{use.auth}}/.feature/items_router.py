    dependencies=[REQUIRE_ITEMS_READ],
    responses=problems(UnauthenticatedError, ForbiddenError),
