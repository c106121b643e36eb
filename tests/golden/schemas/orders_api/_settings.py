# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="orders_api",
	version="0.1.0",
	servers=("https://orders.example.com",),
	key_variable="",
	base_url_variable="ORDERS_API_BASE_URL",
)
