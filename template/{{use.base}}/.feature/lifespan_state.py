    drain: Drain
