"""What can be done with articles and what belongs to them."""
