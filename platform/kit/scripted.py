"""What scripts of ours are told: JSON, and where something is refused, a sentence that may be shown."""

from django.http import JsonResponse


def refused(sentence: str, *, status: int) -> JsonResponse:
    """A refusal with what to do about it."""
    return JsonResponse({"sentence": sentence}, status=status)
