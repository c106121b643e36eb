"""The core that carries out calls, and polling for jobs."""
