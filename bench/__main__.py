"""`python3 -m bench` weighs the engine; see `bench.run`."""

import sys

from bench.run import main

sys.exit(main())
