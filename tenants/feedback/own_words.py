"""What is somebody's own in words that staff write: nobody may be known by them (S2, S18).

Those who said a point agreed to other words than their own. A finding that an organisation wrote down is nobody's.
"""

# So many words are somebody's own where they are all that was said; fewer, as "More tea", may stand among others.
OWN_WORDS = 4
# So many words in a row are somebody's own wherever they stand: a sentence with its first or last word left out is
# still known. Fewer come by chance when two people write of the same thing ("how long they would have to wait").
OWN_RUN = 8


def own_words_in(ours: str, theirs: str) -> str:
    """The words of what staff wrote that are those of whoever said it, in a row; nothing where there are none.

    All of theirs, or a run of `OWN_RUN`. Capitals, commas and apostrophes make no difference.
    """
    written, said = _bare(ours), _bare(theirs)
    if not said:
        return ""
    if written == said or len(said) >= OWN_WORDS and f" {' '.join(said)} " in f" {' '.join(written)} ":
        return " ".join(said)
    return _longest_run(written, said)


def _longest_run(written: list[str], said: list[str]) -> str:
    runs = {tuple(said[at : at + OWN_RUN]) for at in range(len(said) - OWN_RUN + 1)}
    longest: list[str] = []
    run: list[str] = []
    for at in range(len(written) - OWN_RUN + 1):
        if tuple(written[at : at + OWN_RUN]) in runs:
            run = [*run, written[at + OWN_RUN - 1]] if run else written[at : at + OWN_RUN]
            longest = max(longest, run, key=len)
        else:
            run = []
    return " ".join(longest)


def _bare(text: str) -> list[str]:
    apart = "".join(one if one.isalnum() else " " for one in text.casefold().replace("’", "").replace("'", ""))
    return apart.split()
