"""Rows at rest: one sealed SQLite file, its schema, its reading side, its evidence check."""
