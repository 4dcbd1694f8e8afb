"""What runs: a section of typed settings for each concern."""
