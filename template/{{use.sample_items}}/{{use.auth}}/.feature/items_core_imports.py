from app.core.access import ForbiddenError, UnauthenticatedError
