        "owner": lambda owner: Order.owner == owner,
