"""`python -m orchestration.cli` is the `tieout` command."""

from orchestration.cli.main import main

main()
