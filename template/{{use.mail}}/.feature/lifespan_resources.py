    mailer_resource,
