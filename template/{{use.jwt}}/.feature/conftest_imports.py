from tests.support.secrets import AUTH_VARIABLES
