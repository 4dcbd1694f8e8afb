from scripts.broker import provided_broker
from scripts.tasks import beat, worker
