"""What is said about accounts, as JSON; imports what any schema may."""
