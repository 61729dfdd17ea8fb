"""What can go wrong between EDGAR and the raw folder, as exceptions whose text a person can act on.

Belongs here: the exceptions and their codes. Does not belong here: when they are raised.
"""

from __future__ import annotations

from orchestration.store.errors import TieoutError


class EdgarSetupError(TieoutError):
    """Something that the user must set right before anything is asked: the identity, an address, a company, a date."""


class EdgarError(TieoutError):
    """Something could not be had from EDGAR. `code` is a short word for what it was; the text says what, where, what to do.

    `may_pass` says that asking again later may help.
    """

    def __init__(self, code: str, message: str, *, may_pass: bool = False) -> None:
        super().__init__(message)
        self.code, self.may_pass = code, may_pass


class NotThereError(EdgarError):
    """EDGAR says that there is no such thing (404 or 410)."""


class RefusedError(EdgarError):
    """An answer came and was refused: it is not what was asked for, too large, cut off, or led elsewhere."""


class UnavailableError(EdgarError):
    """No answer came, for all the patience there was."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message, may_pass=True)
