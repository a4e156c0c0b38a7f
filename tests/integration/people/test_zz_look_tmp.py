import threading, os
from wsgiref.simple_server import make_server, WSGIRequestHandler
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import sync_playwright
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
from tests.integration.conftest import Role, NationalRoleName
from tests.factories.people import someone, noticed, reached_by_mail
from tests.factories.groups import a_group, seated, agreed
from tests.factories.schemes import invited, works_at
from people import actions
from tenants.schemes.models import NationalRole
PW="maple lamp river"
class Q(WSGIRequestHandler):
    def log_message(self,*a): pass
def test_look(as_web, settings, scheme, other_scheme):
    settings.PUBLIC_PORT=8123; settings.PLATFORM_ORIGIN="http://alongside.localhost:8123"
    settings.DEMONSTRATION=True
    settings.EMAIL_BACKEND="kit.mail.FileBackend"
    m=someone("Amara Quill", email="m@example.org", password=PW)
    works_at(scheme,m.pk,role=Role.MANAGER)
    for r in (NationalRoleName.PROGRAMME_MANAGER, NationalRoleName.OPERATOR): NationalRole.objects.create(person_id=m.pk, role=r)
    for n,r in (("Edie Thorne",Role.INVOLVEMENT_LEAD),("Isla Penn-Featherstonehaugh the Second of Somewhere",Role.SAFEGUARDING_LEAD)): works_at(scheme, someone(n,email=n.split()[0].lower()+"@example.org").pk, role=r)
    invited(scheme,"a.very.long.address.of.somebody.who.works@a-long-trust-name.example.org")
    _,tok=invited(other_scheme,"m@example.org",role=Role.EDITOR)
    g=a_group("Voices of Experience", lead=m); seated(g, someone("Robin Sayle")); agreed(g, scheme)
    noticed(m, scheme=scheme); noticed(m, scheme=scheme, kind="did_it_change")
    server=make_server("127.0.0.1",8123,StaticFilesHandler(WSGIHandler()),handler_class=Q)
    threading.Thread(target=server.serve_forever,daemon=True).start()
    P="http://alongside.localhost:8123"; S=scheme.origin
    problems=[]
    axe=open("/work/main/node_modules/axe-core/axe.min.js").read()
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        for w in (320,1280):
            ctx=b.new_context(viewport={"width":w,"height":800}, bypass_csp=False)
            page=ctx.new_page()
            page.on("console",lambda msg: problems.append((w,page.url,msg.text)) if msg.type in("error","warning") else None)
            def shot(name,url=None):
                if url: page.goto(url)
                page.screenshot(path=f"/tmp/look/shots/{name}-{w}.png",full_page=True)
                over=page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                if over>0: problems.append((w,name,"sideways",over))
                r=page.evaluate("async (src)=>{return null}", "") if False else None
                try:
                    cdp=ctx.new_cdp_session(page); cdp.send("Runtime.evaluate",{"expression":axe})
                    res=cdp.send("Runtime.evaluate",{"expression":"axe.run({runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}).then(r=>JSON.stringify(r.violations.map(v=>[v.id,v.nodes.map(n=>n.html.slice(0,140))])))","awaitPromise":True,"returnByValue":True})
                    v=res["result"].get("value")
                    if v and v!="[]": problems.append((w,name,"axe",v))
                except Exception as e: problems.append((w,name,"axe failed",str(e)[:200]))
            shot("home",P+"/")
            shot("team-start",S+"/team/")   # goes over the platform
            print("after start:",page.url)
            shot("login")
            page.fill("input[name=login]","m@example.org"); page.fill("input[name=password]","wrong"); page.click("main button.nhsuk-button:has-text('Sign in')")
            shot("login-wrong")
            page.fill("input[name=login]","m@example.org"); page.fill("input[name=password]",PW); page.click("main button.nhsuk-button:has-text('Sign in')")
            page.wait_for_url(S+"/team/")
            print("arrived:",page.url)
            shot("team")
            shot("staff",S+"/staff/"); shot("team-invite",S+"/team/invite/"); shot("audit",S+"/audit/"); shot("sites",S+"/sites/"); shot("site-add",S+"/sites/add/")
            shot("agreements",S+"/agreements/"); shot("agreement-make",S+"/agreements/make/"); shot("group-space",S+"/group/"); shot("sign-out",S+"/sign-out/")
            shot("team-end", S+page.evaluate("1") .__str__().replace("1","/team/")) if False else None
            shot("my",P+"/my/"); shot("details",P+"/my/details/"); shot("contact",P+"/my/contact/"); shot("name",P+"/my/name/"); shot("signins",P+"/my/sign-ins/"); shot("password",P+"/my/password/")
            shot("groups",P+"/groups/"); shot("group",P+"/groups/voices-of-experience/"); shot("group-invite",P+"/groups/voices-of-experience/invite/"); shot("group-new",P+"/groups/new/"); shot("group-leave",P+"/groups/voices-of-experience/leave/")
            shot("schemes",P+"/schemes/"); shot("operate",P+"/operate/")
            shot("invitation",P+f"/invitations/{tok}/"); shot("first-visit",P+"/my/first-visit/")
            page.goto(P+"/my/sign-ins/"); page.click("main button:has-text('Sign out everywhere')"); shot("signed-out")
            page.goto(S+"/team/"); print("after everywhere:",page.url)
            shot("ask-code",P+"/sign-in/code/"); page.fill("input[name=email]","m@example.org"); page.click("main button:has-text('Send me a code')"); shot("code")
            page.click("button:has-text('Start again')"); shot("signup",P+"/sign-in/new/"); shot("reset",P+"/sign-in/password/")
            shot("arrive-refused",S+"/sign-in/arrive/?token=x")
            shot("invitation-gone",P+"/invitations/zzz/")
            ctx.close()
        b.close()
    server.shutdown()
    for x in problems: print("PROBLEM",x)
