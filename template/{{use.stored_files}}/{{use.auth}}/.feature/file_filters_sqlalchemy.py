        "owner": lambda owner: File.owner == owner,
