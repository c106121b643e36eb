"""Faults in the built client: in its resources, in its plans, and at the seams of its runtime."""
