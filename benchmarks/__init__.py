"""How fast the product is beside other tools; printed tables, never tests."""
