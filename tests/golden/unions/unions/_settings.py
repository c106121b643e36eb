# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="unions",
	version="0.1.0",
	servers=("https://unions.example.com",),
	key_variable="",
	base_url_variable="UNIONS_BASE_URL",
)
