from app.config.app import AppSettings
from app.config.http import HttpSettings
from app.config.log import LogSettings
from app.config.server import ServerSettings
