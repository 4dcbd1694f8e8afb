from tests.support.identity import SignedIn
