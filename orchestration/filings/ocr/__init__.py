"""Damaged characters, words and labels: what they may have been. Which of it is right is decided in `proof/`."""
