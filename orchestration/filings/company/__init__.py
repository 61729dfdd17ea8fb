"""Whose a filing is: the keys that it states of its company, and which keys are one company's."""
