"""Mentions: every place where an actor is named, described or meant by a metonym.

Modules, those that rest on others first::

    find          `find_mentions`
    codebook      matches of the codebook's wording, and of the world's countries
    entities      actors that no codebook lists, by the reading's entities
    phrases       descriptions of actors that neither codebook nor name covers
    places        when a place or a country's adjective means its government or people
    naming        which actor an unlisted name is: the fullest name that it shortens
    names         names of persons: particles, titles before them, and where they end
    article       what the finders need to know of an article, and the record of a mention
    wordings      the codebook's wording, and the world's, compiled for matching
"""
