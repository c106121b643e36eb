"""Runs the client's tests on every Python of the machine, with the oldest and newest attrs and httpx."""
