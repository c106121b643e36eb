# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="uploads",
	version="0.1.0",
	servers=("https://uploads.example.com",),
	key_variable="",
	base_url_variable="UPLOADS_BASE_URL",
)
