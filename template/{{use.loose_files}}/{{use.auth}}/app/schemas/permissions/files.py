"""What may be done with files."""

from app.schemas.permissions.base import EVERYBODY, Permission


class FilePermission(Permission):
    """Files belong to nobody: who may see one may see all."""

    READ = "files:read", "See files", EVERYBODY
    WRITE = "files:write", "Send files, and remove them", EVERYBODY
