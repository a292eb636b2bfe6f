"""Understudy: a stand-in for a web-personalization vendor on your own machine."""

__version__ = "0.1.0"
