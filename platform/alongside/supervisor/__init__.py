"""`alongside run`: starts everything on one data folder, keeps it running, and stops all that it started."""

from alongside.supervisor.supervising import supervise

__all__ = ["supervise"]
