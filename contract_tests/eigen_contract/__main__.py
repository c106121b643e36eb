"""Lets `python -m eigen_contract` stand for the console script."""

import sys

from eigen_contract.command_line import main

if __name__ == "__main__":
    sys.exit(main())
