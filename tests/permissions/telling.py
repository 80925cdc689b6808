def telling(*a):
    return []
