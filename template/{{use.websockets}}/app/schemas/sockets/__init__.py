"""Messages of sockets: what is received, and what is sent."""
