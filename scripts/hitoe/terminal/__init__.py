"""Output for a terminal: aligned tables, and a line that shows progress."""
