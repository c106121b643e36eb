# The commented source is generator/runtime/__init__.py
