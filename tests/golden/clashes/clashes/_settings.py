# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="clashes",
	version="0.1.0",
	servers=("https://clashes.example.com",),
	key_variable="",
	base_url_variable="CLASHES_BASE_URL",
)
