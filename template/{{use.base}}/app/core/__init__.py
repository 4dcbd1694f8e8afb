"""Machinery without business words, in rooms by subject; here stands what is about none of them."""
