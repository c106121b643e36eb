# By `python -m generator build`.
"""What this SDK is called and where it looks for its configuration."""

from ._runtime.plan import Settings

SETTINGS = Settings(
	package="pet_shelter",
	version="0.1.0",
	servers=("https://eu.pets.example.com/v2",),
	key_variable="",
	base_url_variable="PET_SHELTER_BASE_URL",
)
