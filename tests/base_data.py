"""Build what every test database is cloned from: `python -m tests.base_data`, as the owner, on an empty database."""

import django


def build() -> None:
    """Public, the template and two schemes, which the tests set against each other."""
    from tenants.schemes import provisioning
    from tenants.schemes.migrating import bring_up_to_date

    bring_up_to_date()
    for name in ("Ashmere", "Brackwell"):
        provisioning.provision(
            name=name,
            slug=name.lower(),
            area=f"{name} and around",
            provider="An invented NHS trust",
            sites=[(f"{name} custody suite", "custody"), (f"{name} magistrates’ court", "magistrates")],
        )


if __name__ == "__main__":
    django.setup()
    build()
