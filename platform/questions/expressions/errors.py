"""What is wrong with an expression, in words that say what to do."""


class BadExpression(ValueError):
    """An expression that cannot be used; its message may be shown to whoever wrote it."""
