"""What /readyz looks at: each module declares a check."""
