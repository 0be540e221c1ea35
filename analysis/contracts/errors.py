"""Errors a user can act on.

Reads nothing; returns exception types. Every message says what is wrong, where, and what to do.
The command line prints the message alone and maps the type to an exit code.
"""


class StudyError(Exception):
    """The work could not be done; the message says what, where and what to do (exit code 1)."""


class InputError(StudyError):
    """An article, table or gold file cannot be used as it is."""


class CodebookError(StudyError):
    """A codebook breaks its rules; the message names file, line and key."""


class UsageError(StudyError):
    """A verb or command was called with arguments it does not take (exit code 2)."""
