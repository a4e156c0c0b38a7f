"""What is asked on the visit, and how somebody answers and sends."""

from questions.shape import Kind, Section
from tests.factories.questions import a_form, a_question, filled, words


def questions():
    why = a_question("why", Kind.TEXT, relevant="${told} = 'no'")
    people = Section("people", words("People"), (a_question("who", Kind.ONE),), repeats=True)
    rights = Section("rights", words("Rights"), (a_question("told", required=True), why))
    return a_form(rights, people)


def place(visit, path=""):
    return f"/groups/voices/visits/{visit.pk}/{path}"


def write(client, visit, told="no", why="Nobody came"):
    client.post(place(visit, "log/"))
    client.post(place(visit, "log/sections/rights/"), filled(told=told))
    client.post(place(visit, "log/sections/rights/"), filled(told=told, why=why))


def send(client, visit, **answers):
    write(client, visit, **answers)
    client.post(place(visit, "log/review/"))
