"""Providers: what Setpiece uses of the outside world, each behind a port with a fake.

One folder for each capability: the port, its fake, one file for each vendor. Imports only the kernel.
"""
