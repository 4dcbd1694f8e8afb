"""The tables of articles and of what belongs to them."""
