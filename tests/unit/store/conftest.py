"""Lets `made_up_reader` be imported, by worker processes too: they start with this process's path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
