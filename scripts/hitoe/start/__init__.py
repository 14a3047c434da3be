"""What an author begins with: a new project, stubs of topics, entries and items, and whether the machine is ready."""
