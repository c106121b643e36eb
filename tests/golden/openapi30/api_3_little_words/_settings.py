# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="api_3_little_words",
	version="0.1.0",
	servers=(),
	key_variable="",
	base_url_variable="API_3_LITTLE_WORDS_BASE_URL",
)
