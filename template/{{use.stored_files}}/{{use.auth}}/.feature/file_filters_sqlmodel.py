        "owner": lambda owner: col(File.owner) == owner,
