"""From a request that keeps the contract to a response: one module a job, between HTTP and the engines."""
