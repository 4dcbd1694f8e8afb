from tests.support.mailbox import mailbox_instead
