"""Experiences and campaigns by the vendor's API: what is published, who is meant by it, and what the API changed."""
