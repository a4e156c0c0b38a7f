"""Adjectives for the rows of the loop, by what they are rows of."""
