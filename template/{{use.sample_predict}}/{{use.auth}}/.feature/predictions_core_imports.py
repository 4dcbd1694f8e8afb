from app.core.security.access import ForbiddenError, UnauthenticatedError
