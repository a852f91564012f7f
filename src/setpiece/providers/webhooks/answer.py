"""What a receiver's status means."""

from setpiece.kernel.errors import Invalid, Unavailable

STATUS = "status"
"""Name in an error's details of the status that the receiver answered with; missing when there was no answer."""
_GONE = 410  # Standard Webhooks: "the sender should disable the endpoint"


def judge(status: int, host: str) -> None:
    """Pass on a 2xx.

    Raises:
        Invalid: 410; there is no use in another attempt.
        Unavailable: any other status.
    """
    told = {STATUS: status}
    if status == _GONE:
        raise Invalid(
            f"{host} answered with status 410: it wants no more of this.", code="gone", details=told
        )
    if not 200 <= status < 300:
        followed = " Redirects are not followed." if 300 <= status < 400 else ""
        raise Unavailable(f"{host} answered with status {status}.{followed}", details=told)
