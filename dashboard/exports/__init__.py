"""A card or a table, turned into the bytes of a file."""
