"""What people let others know of them, and whom they follow."""

from app.core.errors import ConflictError
from app.models.articles.profile import Profile
from app.repositories.accounts.user import UserRepository
from app.repositories.articles.follow import FollowRepository
from app.repositories.articles.profile import ProfileRepository
from app.schemas.articles.profile import ProfileRead, ProfileWrite
from app.schemas.articles.viewer import Viewer
from app.services.articles.rules import author_of, no_profile, taken


class ProfileService:
    """Rules on profiles: one for each user, made by the user."""

    def __init__(
        self,
        profiles: ProfileRepository,
        follows: FollowRepository,
        users: UserRepository,
        viewer: Viewer,
    ) -> None:
        self.profiles = profiles
        self.follows = follows
        self.users = users
        self.viewer = viewer

    async def own(self) -> ProfileRead:
        """Show whoever asks to themselves."""
        profile = await self.profiles.of_user(self.viewer.user_id)
        if profile is None:
            raise no_profile()
        return await self.shown(profile)

    async def write(self, body: ProfileWrite) -> ProfileRead:
        """Choose a handle that nobody else has, or change what one's profile says."""
        await self.users.lock(self.viewer.user_id)  # so that nobody has two profiles
        with taken("handle_taken", "Somebody else has this handle."):
            await self.profiles.write(self.viewer.user_id, body.model_dump())
        return await self.own()

    async def get(self, handle: str) -> ProfileRead:
        """Find somebody or raise NotFoundError."""
        return await self.shown(await self.find(handle))

    async def follow(self, handle: str) -> None:
        """Read what somebody publishes; said twice is said once."""
        follower_id = author_of(self.viewer)
        followed = await self.find(handle)
        if followed.id == follower_id:
            raise ConflictError("Nobody follows themselves.", code="own_profile")
        await self.follows.add(follower_id, followed.id)

    async def unfollow(self, handle: str) -> None:
        """Read somebody no longer."""
        await self.follows.remove(author_of(self.viewer), (await self.find(handle)).id)

    async def find(self, handle: str) -> Profile:
        """Find a row or raise NotFoundError."""
        profile = await self.profiles.get(handle)
        if profile is None:
            raise no_profile()
        return profile

    async def shown(self, profile: Profile) -> ProfileRead:
        """Add how many read them."""
        return ProfileRead(
            handle=profile.handle,
            bio=profile.bio,
            created_at=profile.created_at,
            reach=await self.follows.reach(profile.id, self.viewer.profile_id),
        )
