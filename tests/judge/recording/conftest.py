"""One reference application for all tests of recordings."""

from tests.report.conftest import app, contract, key, oracle

__all__ = ["app", "contract", "key", "oracle"]
