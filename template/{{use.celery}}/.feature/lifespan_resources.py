    publisher_resource,
