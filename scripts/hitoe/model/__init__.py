"""A project in memory: its files, its entries, and the identity of every note."""
