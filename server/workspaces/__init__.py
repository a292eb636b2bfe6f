"""Workspaces: what a user keeps in a repository, read and checked, with overlays of worlds over it."""
