"""The one error that every app's own errors descend from."""


class Refused(Exception):
    """Something cannot be done; the message is written for the person who asked and may be shown to them."""
