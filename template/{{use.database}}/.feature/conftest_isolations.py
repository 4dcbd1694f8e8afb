    rolled_back,
