from app.config.mail import MailSettings
