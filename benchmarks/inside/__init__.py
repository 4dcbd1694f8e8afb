"""Scripts that run in the measured service's own environment; they import nothing of ours."""
