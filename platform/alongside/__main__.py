"""`python -m alongside`: the command line."""

from alongside.cli import main

if __name__ == "__main__":
    main()
