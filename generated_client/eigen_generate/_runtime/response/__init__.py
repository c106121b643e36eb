"""From an answer to a result or an error."""
