"""What users do with their accounts, over HTTP; imports what any route may."""
