from app.core.drain import Drain, open_drain
