"""The account's tag: its settings, and the script with them baked in."""
