"""What runs outside of requests, in worker processes."""
