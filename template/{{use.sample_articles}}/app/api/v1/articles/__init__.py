"""Articles and what belongs to them."""
