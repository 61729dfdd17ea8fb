"""One build from start to finish: its steps, its history, its progress, the process that runs the gates, and Ctrl-C."""
