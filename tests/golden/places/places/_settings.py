# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="places",
	version="1.0.0",
	servers=("https://places.example.com/v1",),
	key_variable="",
	base_url_variable="PLACES_BASE_URL",
)
