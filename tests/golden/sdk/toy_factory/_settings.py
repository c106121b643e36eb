# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="toy_factory",
	version="1.2.3",
	servers=("https://toys.example.com",),
	key_variable="TOY_KEY",
	base_url_variable="TOY_URL",
)
