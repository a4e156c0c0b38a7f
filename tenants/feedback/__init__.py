"""The loop: everything people say becomes a point, and every point goes round until those who said it confirm."""
