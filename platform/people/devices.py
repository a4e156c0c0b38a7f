"""With what somebody signed in, in words they recognise."""

DEVICES = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android phone or tablet"),
    ("windows", "Windows computer"),
    ("macintosh", "Mac or iPad"),  # an iPad says that it is a Mac
    ("cros", "Chromebook"),
    ("linux", "Linux computer"),
)
BROWSERS = (("edg", "Edge"), ("firefox", "Firefox"), ("chrome", "Chrome"), ("safari", "Safari"))


def device(user_agent: str) -> str:
    """“Windows computer, Firefox”, as far as the browser says."""
    said = user_agent.lower()
    machine = next((words for mark, words in DEVICES if mark in said), "Computer")
    browser = next((words for mark, words in BROWSERS if mark in said), "")
    return f"{machine}, {browser}" if browser else machine
