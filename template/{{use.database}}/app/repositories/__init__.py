"""The only code that queries the database, one module for each resource."""
