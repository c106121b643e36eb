"""One attempt through httpx or httpx2, and when another attempt is allowed."""
