from app.core.passwords import Passwords, passwords_resource
from app.core.tokens import Tokens, tokens_resource
