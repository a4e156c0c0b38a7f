"""scratch"""
from tests.factories import people, schemes
from tenants.schemes.rights import Role
def test_bulk(scheme, client_at, person):
    p = person("Ed", role=Role.EDITOR, at=scheme)
    other = person("Secretname Elsewhere")
    c = client_at(scheme, p)
    for u in ("/cms/bulk/people/person/delete/?id=all","/cms/bulk/people/person/assign_role/?id=all","/cms/bulk/people/person/set_active_state/?id=all",f"/cms/bulk/people/person/delete/?id={other.pk}","/cms/users/","/cms/reports/site-history/","/cms/reports/locked/","/cms/reports/aging-pages/", "/cms/"):
        r = c.get(u)
        print(u, r.status_code, b"Secretname" in r.content, r.headers.get("location"))
    assert 0
def test_cookie(scheme, client_at, person):
    import hashlib
    attacker = person("Attacker")
    a = client_at(None, attacker)
    empty = hashlib.sha256(b"").hexdigest()
    r = a.get("/hand-off/", {"host": scheme.host, "state": empty})
    import re
    url = re.search(r'url=([^"]+)"', r.content.decode()).group(1)
    print(url)
    v = client_at(scheme)
    r = v.get("/sign-in/arrive/", {"token": url.split("token=")[1]})
    print(r.status_code, r.headers, v.cookies)
    assert 0
