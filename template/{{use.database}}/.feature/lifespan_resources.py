    database_resource,
