    dependencies=[REQUIRE_PREDICTIONS],
    responses=problems(UnauthenticatedError, ForbiddenError),
