    own_queue,
