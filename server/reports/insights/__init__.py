"""Insight cards: what a person might want to do something about (platform.md 2.9).

The vendor works them out weekly and lets them expire after two weeks; its rules are UNKNOWN. Ours are worked out anew
whenever they are asked for, each by one rule that its module states, and the same events give the same cards.
"""
