"""Live stock over WebSocket: `/ws/stock/`.

One Channels consumer a socket, one subscription a process. It knows stock, and passes on a
customer's own events; it never looks into a cart or an order. How to use it: docs/live.md.
"""
