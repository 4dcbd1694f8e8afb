    "tests.support.mail_fixtures",
