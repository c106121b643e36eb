"""What each call sends and reads."""
