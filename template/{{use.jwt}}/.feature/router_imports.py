from app.api.v1.account import router as account_router
from app.api.v1.auth import router as auth_router
from app.api.v1.registration import router as registration_router
from app.api.v1.sessions import router as sessions_router
from app.api.v1.users import router as users_router
