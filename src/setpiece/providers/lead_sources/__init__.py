"""Reads people out of CRMs and other places: the port and a file for each vendor.

What lives here: `port` (what a source can do), `vendor_http` (rate, patience and errors, the same for all), the vendors, `canned`
(the fake), `configured` (the sources that a workspace has set up), `soql` (what may be asked of Salesforce). Imports the kernel.
Nothing here writes to a vendor.
"""
