"""An open socket, until its client ends it."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.sockets import get_conversation
from app.services.sockets.conversation import Conversation

ConversationDep = Annotated[Conversation, Depends(get_conversation)]
