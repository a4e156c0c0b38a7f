"""Pages of the loop: for anyone, for those who said something, and for staff."""
