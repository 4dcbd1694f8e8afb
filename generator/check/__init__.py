"""What is found in a service, a module for each kind; it imports all floors but `commands`."""
