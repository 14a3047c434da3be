"""Output for a terminal: tables and a line of progress."""
