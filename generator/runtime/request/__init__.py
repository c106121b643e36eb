"""Turn the arguments of a call into a request that can be sent."""
