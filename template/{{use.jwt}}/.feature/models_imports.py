from app.models.login_failure import LoginFailure
from app.models.user import User
from app.models.user_session import UserSession
from app.models.user_token import UserToken
