"""What somebody hears or reads before they agree to be seen. A change of these words is another version."""

VERSION = "1"

PHOTO = (
    "The picture may stand on the public website of this service. Anybody in the world can see it there.",
    "People who know you may recognise you. They may then think that you have to do with this service.",
    "You do not have to agree. Nothing else changes for you if you say no.",
    "You can change your mind at any time, and you need not say why. Tell any member of staff. From that moment the "
    "website shows the picture nowhere, and our copies are deleted. Somebody may have kept a copy before: we cannot "
    "take that back.",
)
FILM = (
    "The website of this service may lead to a film in which you can be seen, heard or named. Anybody in the world can "
    "watch it.",
    "People who know you may recognise you. They may then think that you have to do with this service.",
    "You do not have to agree. Nothing else changes for you if you say no. Agreeing to a picture is not agreeing to a "
    "film.",
    "You can change your mind at any time, and you need not say why. Tell any member of staff. From that moment our "
    "website does not lead to the film any more. The film itself is on another website: staff ask those who run it to "
    "take it down or to cut you out, and cannot promise how soon they do. We cannot take back copies that others made.",
)
NAMED = (
    "Your name, what you do and your words may stand on the public website of this service, as you want them. Anybody "
    "in the world can read them.",
    "You do not have to agree. Nothing else changes for you if you say no.",
    "You can change your mind at any time, and you need not say why. Tell any member of staff. From that moment the "
    "website names you nowhere, and your portrait is gone.",
)
