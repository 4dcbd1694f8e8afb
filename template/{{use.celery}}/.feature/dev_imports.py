from scripts.tasks import beat, worker
