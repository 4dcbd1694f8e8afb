"""Articles and what belongs to them, as clients see it."""
