"""One attempt through httpx, and when another attempt is allowed."""
