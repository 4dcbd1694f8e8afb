from tests.support.identity import configured_key
