"""Names, and words of the field for which there is no easier one that would be right: not counted in a reading age.

`docs/words.md` says why, one by one; a test holds the two together.
"""

NOT_COUNTED = (
    "Liaison and Diversion",
    "Alongside",
    "My Alongside",
    "Ashmere",
    "Brackwell",
    "safeguarding lead",
    "safeguarding",
    "involvement lead",
    "Samaritans",
    "Childline",
    "Information Commissioner’s Office",
    "ICO",
    "Parliamentary and Health Service Ombudsman",
    "Ombudsman",
    "British Sign Language",
    "Easy Read",
    "NHS",
    "GOV.UK",
)
