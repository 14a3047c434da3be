"""What several tests use: the example project in a folder of its own, and the real Anki engine."""
