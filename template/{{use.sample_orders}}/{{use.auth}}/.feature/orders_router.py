    responses=problems(UnauthenticatedError, ForbiddenError),
