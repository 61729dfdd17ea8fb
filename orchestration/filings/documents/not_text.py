"""The refusal of bytes that are no text.

Belongs here: the error alone, which every way from bytes to text raises. Does not belong here: what is refused (`decode.py`,
`pdf.py`).
"""

from __future__ import annotations


class NotText(ValueError):
    """The bytes cannot be read as text. `code` names the problem, the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
