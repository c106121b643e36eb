"""Names of formats in requests, and the media types that the contract has for them."""

PICTURE_FORMATS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
"""`output_format` of an edit."""
