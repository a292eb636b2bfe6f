"""The platform behind the tag: events, identity, profiles, audiences, over one store."""
