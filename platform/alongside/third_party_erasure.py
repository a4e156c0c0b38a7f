"""What models of other people's packages hold about a person (`kit.erasure`, ADR 0022): one line for each of them.

In the schemes' own sites a person appears only as an editor: whoever wrote or approved a page stays in its history by
id, which points to a tombstone; what they wrote in comments goes, and so does what the admin keeps for them alone.
"""

from kit.erasure import About, about_nobody, about_person

_HISTORY = "who edited a public page, by id only"
_PUBLIC_MATERIAL = "material of a scheme's public site"


def _edited(by: str, *, files: tuple[str, ...] = ()) -> About:
    return about_person(by=by, keep=_HISTORY, files=files)


def _theirs(by: str) -> About:
    return about_person(by=by, erase=True)


THIRD_PARTY: dict[str, About | list[About]] = {
    "auth.Permission": about_nobody(),
    "auth.Group": about_nobody(),
    "contenttypes.ContentType": about_nobody(),
    # A session does not say whose it is: signing out everywhere, the first step of erasing a person, ends theirs.
    "sessions.Session": about_nobody("ended with the person's UserSession rows before anything is emptied"),
    "account.EmailAddress": _theirs("user"),
    "account.EmailConfirmation": _theirs("email_address__user"),
    "usersessions.UserSession": _theirs("user"),
    "mfa.Authenticator": _theirs("user"),
    "socialaccount.SocialAccount": _theirs("user"),
    "socialaccount.SocialApp": about_nobody("providers of work accounts stand in the settings; the table is empty"),
    "socialaccount.SocialToken": _theirs("account__user"),
    "simple_translation.SimpleTranslation": about_nobody("an empty table behind one permission"),
    "taggit.Tag": about_nobody(),
    "taggit.TaggedItem": about_nobody(),
    "wagtailadmin.Admin": about_nobody(),
    "wagtailadmin.EditingSession": _theirs("user"),
    "wagtailadmin.FormState": _theirs("user"),
    "wagtailcore.APIToken": _theirs("user"),
    "wagtailcore.Collection": about_nobody(),
    "wagtailcore.CollectionViewRestriction": about_nobody(),
    "wagtailcore.Comment": [about_person(by="user", empty={"text": ""}), _edited("resolved_by")],
    "wagtailcore.CommentReply": about_person(by="user", empty={"text": ""}),
    "wagtailcore.GroupApprovalTask": about_nobody(),
    "wagtailcore.GroupCollectionPermission": about_nobody(),
    "wagtailcore.GroupPagePermission": about_nobody(),
    "wagtailcore.GroupSitePermission": about_nobody(),
    "wagtailcore.Locale": about_nobody(),
    "wagtailcore.ModelLogEntry": _edited("user"),
    "wagtailcore.Page": [_edited("owner"), _edited("locked_by")],
    "wagtailcore.PageLogEntry": _edited("user"),
    "wagtailcore.PageSubscription": _theirs("user"),
    "wagtailcore.PageViewRestriction": about_nobody(),
    "wagtailcore.ReferenceIndex": about_nobody(),
    "wagtailcore.Revision": _edited("user"),
    "wagtailcore.Site": about_nobody(),
    "wagtailcore.Task": about_nobody(),
    "wagtailcore.TaskState": about_person(by="finished_by", empty={"comment": ""}),
    "wagtailcore.UploadedFile": _theirs("uploaded_by_user"),
    "wagtailcore.Workflow": about_nobody(),
    "wagtailcore.WorkflowContentType": about_nobody(),
    "wagtailcore.WorkflowPage": about_nobody(),
    "wagtailcore.WorkflowState": _edited("requested_by"),
    "wagtailcore.WorkflowTask": about_nobody(),
    "wagtailimages.Image": _edited("uploaded_by_user", files=("file",)),
    "wagtailimages.Rendition": about_nobody(_PUBLIC_MATERIAL, files=("file",)),
    "wagtailredirects.Redirect": about_nobody("where a page stood, and the page"),
    "wagtailsearch.IndexEntry": about_nobody("the words of public pages, made again when one changes"),
    "wagtailusers.UserProfile": _theirs("user"),
}
