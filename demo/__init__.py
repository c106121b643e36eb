"""The main job on a bare machine: all five jobs through the built client, over a real socket."""
