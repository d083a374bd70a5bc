"""What one report claims: statements, quantities, events."""
