"""Where work runs. Knows nothing of news."""
