"""Candidates for damaged characters, words and labels. `proof/` decides between the candidates of a figure."""
