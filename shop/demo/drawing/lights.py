"""Gradients that light a shape; the lamp stands at the upper left."""

from __future__ import annotations

LIGHTS = {
    # Round things: a gleam on the left, a soft turn into shade on the right.
    "round": (
        '<linearGradient id="round"><stop offset="0" stop-color="#fff" stop-opacity=".3"/>'
        '<stop offset=".36" stop-color="#fff" stop-opacity="0"/>'
        '<stop offset=".55" stop-color="#16121d" stop-opacity="0"/>'
        '<stop offset="1" stop-color="#16121d" stop-opacity=".3"/></linearGradient>'
    ),
    # Flat things: one hard edge of shade.
    "side": (
        '<linearGradient id="side"><stop offset=".7" stop-color="#16121d" stop-opacity="0"/>'
        '<stop offset=".7" stop-color="#16121d" stop-opacity=".13"/></linearGradient>'
    ),
    "under": (
        '<linearGradient id="under" x2="0" y2="1">'
        '<stop offset="0" stop-color="#fff" stop-opacity=".22"/>'
        '<stop offset=".45" stop-color="#fff" stop-opacity="0"/>'
        '<stop offset=".6" stop-color="#16121d" stop-opacity="0"/>'
        '<stop offset="1" stop-color="#16121d" stop-opacity=".26"/></linearGradient>'
    ),
    "ball": (
        '<radialGradient id="ball" cx=".36" cy=".3" r=".75">'
        '<stop offset="0" stop-color="#fff" stop-opacity=".4"/>'
        '<stop offset=".45" stop-color="#fff" stop-opacity="0"/>'
        '<stop offset="1" stop-color="#16121d" stop-opacity=".32"/></radialGradient>'
    ),
    "slant": (
        '<linearGradient id="slant" x2="1" y2="1">'
        '<stop offset="0" stop-color="#fff" stop-opacity=".24"/>'
        '<stop offset=".5" stop-color="#fff" stop-opacity="0"/>'
        '<stop offset="1" stop-color="#16121d" stop-opacity=".17"/></linearGradient>'
    ),
}
