"""Places as a tree: a village has buildings, a building has rooms."""


def in_tree(venues):
    """The outermost of `venues`, each with its `listed_parts`, and those with theirs.

    What is a part of something that is not listed (a draft) stands for itself.
    """
    venues = list(venues)
    listed = {venue.pk: venue for venue in venues}
    for venue in venues:
        venue.listed_parts = []
    for venue in venues:
        if venue.part_of_id in listed:
            listed[venue.part_of_id].listed_parts.append(venue)
    return [venue for venue in venues if venue.part_of_id not in listed]
