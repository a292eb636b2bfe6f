"""Audience triggers: what the vendor's cloud sends to others when visitors enter, leave or change (platform.md 4)."""
