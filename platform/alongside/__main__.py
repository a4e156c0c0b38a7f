"""`python -m alongside`: the command line."""

from alongside.cli.root import main

if __name__ == "__main__":
    main()
