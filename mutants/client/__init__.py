"""Faults in the built client: in its resources, in its calls, and at the seams of its runtime."""
