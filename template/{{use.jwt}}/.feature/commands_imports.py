from app.commands.create_admin import create_admin
