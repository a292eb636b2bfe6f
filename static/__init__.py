"""Everything that runs in a browser, as small ES modules, and the files that ship with them."""
