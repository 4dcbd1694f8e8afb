"""What is done with the messages of sockets."""
