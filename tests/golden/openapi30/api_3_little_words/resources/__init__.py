"""Methods, by what they work on."""
