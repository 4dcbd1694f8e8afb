from app.commands.create_key import create_key
