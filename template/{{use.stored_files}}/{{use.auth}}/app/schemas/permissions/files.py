"""What may be done with files."""

from app.schemas.permissions.base import ADMINISTRATORS, EVERYBODY, Permission


class FilePermission(Permission):
    """Everybody may send files, and see what they have sent."""

    READ = "files:read", "See one's own files", EVERYBODY
    WRITE = "files:write", "Send files, and remove one's own", EVERYBODY
    ALL = "files:all", "See everybody's files, and remove them with files:write", ADMINISTRATORS
