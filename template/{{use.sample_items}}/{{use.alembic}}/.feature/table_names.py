    (create_items, drop_items),
