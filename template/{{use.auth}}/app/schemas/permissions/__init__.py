"""What somebody may be allowed to do: a module for each thing that it is done with."""
