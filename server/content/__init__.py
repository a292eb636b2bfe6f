"""What can be recommended: documents, collections of them, and whom each suits (platform.md 3.7)."""
