"""A console script over the methods of a client."""
