"""What `groundplan check` looks at: one module for each kind of finding."""
