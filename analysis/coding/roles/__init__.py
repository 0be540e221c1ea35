"""Roles: hero, villain, victim.

Modules, those that rest on others first::

    code                      `code_roles`
    evidence                  what speaks for a role: evaluations, actions, words
    text                      words of roles in a tree
    words                     words that name or imply a role, and the weights of the evidence
"""
