"""`alongside …`: everything an operator does, one command in each module."""
