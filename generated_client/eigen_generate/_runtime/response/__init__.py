"""Turn a response into a result or an error."""
