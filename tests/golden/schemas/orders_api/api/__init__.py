"""One function for each operation, over the models of the contract."""
