"""The exceptions of fetching, with messages a person can act on.

Belongs here: the exception classes. Does not belong here: when they are raised.
"""

from __future__ import annotations

from orchestration.store.errors import TieoutError


class EdgarSetupError(TieoutError):
    """A mistake of the user that is found before any request: the identity, a URL, a company, a date."""


class EdgarError(TieoutError):
    """Something could not be fetched. `code` is a short word for why; the message says what, where and what to do.

    `may_pass`: trying again later may help.
    """

    def __init__(self, code: str, message: str, *, may_pass: bool = False) -> None:
        super().__init__(message)
        self.code, self.may_pass = code, may_pass


class NotThereError(EdgarError):
    """EDGAR answered 404 or 410."""


class RefusedError(EdgarError):
    """A response was refused: it is not what was asked for, too large, truncated, or a redirect to another host."""


class UnavailableError(EdgarError):
    """No usable response came in any attempt."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message, may_pass=True)
