"""What an organisation proposes and locks, read and judged; it imports `engine`."""
