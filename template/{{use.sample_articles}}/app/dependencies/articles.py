"""Articles and what belongs to them, for whoever asks, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.auth import CurrentPrincipal
from app.dependencies.database import SessionDep
from app.repositories.accounts.user import UserRepository
from app.repositories.articles.article import ArticleRepository
from app.repositories.articles.comment import CommentRepository
from app.repositories.articles.favourite import FavouriteRepository
from app.repositories.articles.feed import FeedRepository
from app.repositories.articles.follow import FollowRepository
from app.repositories.articles.popularity import PopularityRepository
from app.repositories.articles.profile import ProfileRepository
from app.repositories.articles.tag import TagRepository
from app.schemas.articles.viewer import Sees, Viewer
from app.schemas.permissions.articles import ArticlePermission
from app.services.articles.article import ArticleService
from app.services.articles.comment import CommentService
from app.services.articles.favourite import FavouriteService
from app.services.articles.feed import FeedService
from app.services.articles.profile import ProfileService
from app.services.articles.shown import ArticleView
from app.services.articles.tag import TagService


async def get_viewer(session: SessionDep, principal: CurrentPrincipal) -> Viewer:
    """Find out by which name whoever asks is known, and whose articles they see."""
    user_id = int(principal.subject)
    profile = await ProfileRepository(session).of_user(user_id)
    sees = Sees.ALL if ArticlePermission.ALL in principal.permissions else Sees.OWN
    return Viewer(user_id, None if profile is None else profile.id, sees)


ViewerDep = Annotated[Viewer, Depends(get_viewer)]


async def get_article_view(session: SessionDep, viewer: ViewerDep) -> ArticleView:
    """Show articles to whoever asks."""
    return ArticleView(PopularityRepository(session), viewer)


ArticleViewDep = Annotated[ArticleView, Depends(get_article_view)]


async def get_article_service(session: SessionDep, view: ArticleViewDep) -> ArticleService:
    """Put the layers together."""
    return ArticleService(ArticleRepository(session), TagRepository(session), view)


async def get_comment_service(session: SessionDep, viewer: ViewerDep) -> CommentService:
    """Put the layers together."""
    return CommentService(CommentRepository(session), ArticleRepository(session), viewer)


async def get_favourite_service(session: SessionDep, viewer: ViewerDep) -> FavouriteService:
    """Put the layers together."""
    return FavouriteService(FavouriteRepository(session), ArticleRepository(session), viewer)


async def get_feed_service(session: SessionDep, view: ArticleViewDep) -> FeedService:
    """Put the layers together."""
    return FeedService(FeedRepository(session), view)


async def get_profile_service(session: SessionDep, viewer: ViewerDep) -> ProfileService:
    """Put the layers together."""
    profiles, follows = ProfileRepository(session), FollowRepository(session)
    return ProfileService(profiles, follows, UserRepository(session), viewer)


async def get_tag_service(session: SessionDep, viewer: ViewerDep) -> TagService:
    """Put the layers together."""
    return TagService(TagRepository(session), viewer)


ArticleServiceDep = Annotated[ArticleService, Depends(get_article_service)]
CommentServiceDep = Annotated[CommentService, Depends(get_comment_service)]
FavouriteServiceDep = Annotated[FavouriteService, Depends(get_favourite_service)]
FeedServiceDep = Annotated[FeedService, Depends(get_feed_service)]
ProfileServiceDep = Annotated[ProfileService, Depends(get_profile_service)]
TagServiceDep = Annotated[TagService, Depends(get_tag_service)]
