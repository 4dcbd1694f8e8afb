"""Small questions that are asked together, and turns that are waited for."""
