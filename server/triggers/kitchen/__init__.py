"""Where templates are cooked: a process of its own without secrets in its environment, which may be killed.

It imports nothing of the rest of the server, so that it starts fast.
"""
