"""Who takes part in the loops under kills: `python -m tests.integration.proofs.kills_people`, as the owner."""

import json

import django

PASSWORD = "maple lamp river stone"
MANAGER, SAYER = "manager@example.org", "sayer@example.org"


def make() -> dict[str, str]:
    """A scheme, its manager, and somebody who said that messages are safe; what the loops need to know of them."""
    from people import actions
    from tenants.schemes import provisioning
    from tenants.schemes.actions import give_role
    from tenants.schemes.rights import Role

    scheme = provisioning.provision(name="Ashmere", slug="ashmere", area="Ashmere", provider="An invented NHS trust")
    manager = actions.add_person(email=MANAGER, name="Sam", password=PASSWORD)
    sayer = actions.add_person(email=SAYER, name="Robin", password=PASSWORD)
    membership = give_role(scheme=scheme, person_id=manager.pk, role=Role.MANAGER, by=None)
    for person in (manager, sayer):
        actions.give_consent(person=person, purpose="account", by=person)
    actions.change_contact(person=sayer, channel="email", words_in_messages=False, by=sayer)
    return {"owner": str(membership.pk)}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make()))
