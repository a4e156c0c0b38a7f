"""What a failure is called when it is written down: never by its words."""

from django.core.management import call_command

from kit.faults import class_and_place


class WordsInside(Exception):
    """An error whose message holds what somebody said."""


def caught(function):
    try:
        function()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_an_error_is_named_by_its_class_and_the_line_it_came_from():
    def fail():
        raise WordsInside("They never told us")

    found = class_and_place(caught(fail))
    assert found.startswith("WordsInside at test_faults.py:")
    assert "told" not in found


def test_an_error_from_inside_a_library_is_placed_where_we_called_it():
    assert class_and_place(caught(lambda: call_command("nothing of this name"))).startswith(
        "CommandError at test_faults.py:"
    )


def test_an_error_that_was_never_raised_has_no_place():
    assert class_and_place(WordsInside("They never told us")) == "WordsInside"
