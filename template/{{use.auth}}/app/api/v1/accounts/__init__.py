"""Who asks, and what they do with their account, over HTTP; imports what any route may."""
