"""Where articles are kept, and what belongs to them."""
