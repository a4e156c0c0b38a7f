"""Our own assets under names made from their content, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Whitenoise's own; names in our scripts' imports are made from content too."""

    support_js_module_import_aggregation = True
    # One pass more for each script that imports another that imports another; it stops when nothing changes any more.
    max_post_process_passes = 15
