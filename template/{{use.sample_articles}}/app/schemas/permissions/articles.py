"""What may be done with articles."""

from app.schemas.permissions.base import ADMINISTRATORS, EVERYBODY, Permission


class ArticlePermission(Permission):
    """Everybody may read what is published, and their own drafts."""

    WRITE = "articles:write", "Write articles and comments, and mark what one likes", EVERYBODY
    ALL = "articles:all", "See everybody's drafts, and edit with articles:write", ADMINISTRATORS
