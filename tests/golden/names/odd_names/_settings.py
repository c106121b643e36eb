# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="odd_names",
	version="0.0.1",
	servers=("https://names.example.com",),
	key_variable="",
	base_url_variable="ODD_NAMES_BASE_URL",
)
