"""Files that clients send: how they come in, and where they are kept."""
