from app.core.mail import Mailer, mailer_resource
