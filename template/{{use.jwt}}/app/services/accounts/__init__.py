"""What users do with their accounts; imports what any service may."""
