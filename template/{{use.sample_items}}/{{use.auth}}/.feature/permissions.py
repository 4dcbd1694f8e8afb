    ITEMS_WRITE = "items:write"
