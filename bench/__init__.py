"""Quality and speed: scorers, adapters for public gold, pinned floors."""
