"""Sends mail: the port, its fake, and the sender over SMTP.

What lives here: `port` (a mail, who sends it, and the three ways in which it may not have gone), `message` (its form on the
wire), `kept` (the fake), `smtp` (the real sender) and `address` (a server's address as a setting). Imports the kernel.
"""
