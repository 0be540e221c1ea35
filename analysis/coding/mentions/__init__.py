"""Mentions: every place where an actor is named, described or meant by a metonym.

Modules, those that others rest on first::

    find                      `find_mentions`
    scene                     what the finders need to know of an article, in one record
    wordings                  the codebook's wording, and the world's, compiled for matching
    codebook                  matches of that wording: names, last names, descriptions, demonyms, metonyms
    demonyms                  whether an adjective means a state or people, or only an origin
    metonyms                  when a place means its government
    metonym_roles             whether a place has a role in its sentence that only people have
    entities                  actors that no codebook lists, by the reading's entities
    unlisted                  the same by capitals, where the reading has no entities
    names                     parts of names: particles, `van` after a name, streets
    affiliations              where a name ends and its bearer's affiliation begins
    organisations             nouns that open an organisation's name; its short form
    naming                    which actor an unlisted name is: the fullest name that it shortens
    phrases                   descriptions of actors that neither codebook nor name covers
    credits                   datelines and picture credits, which mention nobody
"""
