"""What /readyz looks at."""
