"""Tapes from HTTP archives and back: what a browser or a proxy has saved becomes a tape, without its keys."""
