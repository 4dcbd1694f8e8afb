"""What a reader finds in mails."""

import re
from typing import Final

from tests.support.mailbox import Mailbox

TOKEN: Final = re.compile(r"^[\w-]{43}$", re.MULTILINE)


def token_for(mailbox: Mailbox, address: str) -> str:
    """Copy the token out of the last mail to an address."""
    found = TOKEN.search(mailbox.to(address)[-1].text)
    assert found is not None
    return found[0]
