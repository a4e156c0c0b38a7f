"""Every page stands here with the permission it names. A URL missing here, or named otherwise in its view, fails the build.

Keys are URL names with their namespace. Wagtail's admin is covered by a rule for its namespaces: it has some 200 URLs,
all wrapped by one `requires` where they are included.
"""

from tenants.schemes.rights import Permission as P

PLATFORM_PAGES: dict[str, P] = {
    "health": P.ANYONE,
}

SCHEME_PAGES: dict[str, P] = {
    "health": P.ANYONE,
    "media": P.ANYONE,
    "wagtail_serve": P.ANYONE,
}

# Pages of the content management system: everything under these namespaces asks for one permission.
CMS_PERMISSION = P.EDIT_SITE
