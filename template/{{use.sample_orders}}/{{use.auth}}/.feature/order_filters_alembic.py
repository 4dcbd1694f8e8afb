        "owner": lambda owner: ORDERS.c.owner == owner,
