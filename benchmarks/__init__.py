"""The yardsticks: what generation and the generated service cost beside the plain way."""
