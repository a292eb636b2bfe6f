"""`python -m understudy.dev_tools` is the same as `understudy`."""

import sys

from understudy.dev_tools.cli import main

sys.exit(main())
