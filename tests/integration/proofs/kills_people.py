"""Who takes part in the loops under kills: `python -m tests.integration.proofs.kills_people`, as the owner."""

import json
import os

import django

PASSWORD = "maple lamp river stone"
MANAGER = "manager@example.org"
SAYERS = [f"sayer{number}@example.org" for number in range(int(os.environ.get("ALONGSIDE_KILL_LOOPS", "10")))]


def make() -> dict[str, str]:
    """A scheme, its manager, and people who said that messages are safe; what the loops need to know of them."""
    from alongside.demo.apps import give_app
    from people import actions
    from tenants.schemes import provisioning
    from tenants.schemes.actions import give_role
    from tenants.schemes.rights import Role

    scheme = provisioning.provision(name="Ashmere", slug="ashmere", area="Ashmere", provider="An invented NHS trust")
    manager = actions.add_person(email=MANAGER, name="Sam", password=PASSWORD)
    give_app(manager, password=PASSWORD)
    # One for each loop: nobody gets more than one message a day.
    sayers = [actions.add_person(email=email, name="Robin", password=PASSWORD) for email in SAYERS[::2]]
    membership = give_role(scheme=scheme, person_id=manager.pk, role=Role.MANAGER, by=None)
    for person in (manager, *sayers):
        actions.give_consent(person=person, purpose="account", by=person)
    for sayer in sayers:
        actions.change_contact(person=sayer, channel="email", words_in_messages=False, by=sayer)
    return {"owner": str(membership.pk)}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make()))
