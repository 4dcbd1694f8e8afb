    mailbox_instead,
