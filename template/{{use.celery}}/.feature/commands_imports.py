from app.commands.beat import beat
from app.commands.dead_tasks import dead_tasks, replay_dead_tasks
from app.commands.worker import worker
