"""Reports: how far experiences reach and what comes of it, and insights from that (platform.md 2.4, 2.5, 2.9)."""
