"""What the service does, without a word about HTTP or storage."""
