"""What a caller can choose, and where the key and the server come from."""
