    worker,
    beat,
