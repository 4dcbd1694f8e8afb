    mail: MailSettings = field(default_factory=MailSettings.read)
