"""From a project to its output files."""
