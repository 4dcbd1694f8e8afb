"""What comes in and goes out, one module for each resource."""
