"""Output for a terminal: aligned tables, and a bar that shows progress."""
