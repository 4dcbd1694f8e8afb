"""The services that this one calls, each as a class with the words of this service."""
