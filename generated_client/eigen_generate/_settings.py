# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="eigen_generate",
	version="0.1.0",
	servers=("https://app.eigenai.com", "https://api-web.eigenai.com"),
	key_variable="EIGENAI_API_KEY",
	base_url_variable="EIGENAI_BASE_URL",
)
