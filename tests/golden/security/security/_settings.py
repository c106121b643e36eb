# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="security",
	version="0.1.0",
	servers=("https://security.example.com",),
	key_variable="SECURITY_API_KEY",
	base_url_variable="SECURITY_BASE_URL",
)
