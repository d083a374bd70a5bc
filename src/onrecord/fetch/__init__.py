"""Pages from the web, only where a person names their address: polite, bounded, and never of a private machine.

`addresses` says what may be visited, `visits` how, and `network` alone opens connections.
"""
