"""Bundling: modules of `static/` read, made smaller, and joined into one classic script."""
