"""Whom a workspace never contacts: the addresses, domains and accounts that are left out of every draw and every sending."""
