"""What can be said about tapes: what is on one, whether it still fits the contract, how two differ."""
