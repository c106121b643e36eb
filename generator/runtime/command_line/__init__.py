"""A console script over the methods of a client: commands, their arguments, running them, their results."""
