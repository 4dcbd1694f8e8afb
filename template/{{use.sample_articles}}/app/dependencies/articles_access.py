"""What it takes to read articles, and to write them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permissions.articles import ArticlePermission

REQUIRE_ARTICLES_READ: Final = require()
REQUIRE_ARTICLES_WRITE: Final = require(ArticlePermission.WRITE)
