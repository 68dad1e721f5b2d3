"""What pages of the admin may load and run.

The theme evaluates the expressions in its attributes and sets styles on elements, so here,
and here alone, the site's policy is loosened by just that. Nothing from another host, and
no script that is written into a page.
"""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE

ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}
"""Replaces these directives of `settings.CONTENT_SECURITY_POLICY`; the others stay."""
