"""What a caller can choose, and where the API key and the base URL come from."""
