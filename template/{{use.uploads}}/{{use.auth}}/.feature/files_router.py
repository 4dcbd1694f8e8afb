    dependencies=[REQUIRE_FILES_READ],
    responses=problems(UnauthenticatedError, ForbiddenError),
