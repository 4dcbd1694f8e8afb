from app.commands.create_key import create_key
from app.commands.list_keys import list_keys
from app.commands.revoke_key import revoke_key
