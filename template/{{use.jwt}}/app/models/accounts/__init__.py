"""The tables of accounts; imports what any model may."""
