"""Which HTML of a description the shop takes over."""

import nh3

# No picture, frame or style: nothing in it loads from another host.
_TAGS = {
    *("p", "br", "hr", "div", "span", "blockquote", "pre", "code", "a"),
    *("b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "mark"),
    *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


def sanitise(html: str) -> str:
    """The harmless part of `html`. What it returns it leaves as it is."""
    # Serialising can change what is parsed next (a line break at the start of <pre>).
    for _ in range(8):
        clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
        if clean == html:
            break
        html = clean
    return html
