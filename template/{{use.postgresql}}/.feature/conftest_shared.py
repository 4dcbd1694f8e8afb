    template_database,
