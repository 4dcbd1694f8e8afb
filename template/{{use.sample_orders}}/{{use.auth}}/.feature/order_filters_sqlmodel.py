        "owner": lambda owner: col(Order.owner) == owner,
