    "worker",
