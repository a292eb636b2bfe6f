"""What the API did to experiences, content and settings, kept for the next time that the server starts."""
