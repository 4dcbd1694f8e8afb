"""The queries about accounts; imports what any repository may."""
