    mailer: Mailer
