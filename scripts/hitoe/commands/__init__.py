"""The subcommands of the command line, one function each."""
