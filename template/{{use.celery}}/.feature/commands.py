    "worker": worker,
    "beat": beat,
    "dead-tasks": dead_tasks,
    "replay-dead-tasks": replay_dead_tasks,
