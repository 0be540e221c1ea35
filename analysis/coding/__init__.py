"""The third room: coding.

Way of the data: mentions -> quotes -> evaluations, actions, responsibility, frames -> roles. Each verb reads a
`Reading` and the tables made before it, and returns one table. The modules by group, those that others rest on first;
the public verb of a group stands in the module named after it.

Words and trees, shared by all groups::

    trees                     what a word of a parsed sentence governs, and who shares its subject
    clauses                   clauses by surface signs, where there is no tree
    voices                    by which signs a verb is active or passive
    predicates                each verb with who does it and who undergoes it, whatever its voice
    nominals                  nouns that name a deed, with the same
    participles               participles before a noun: which noun they tell of, whom they name
    verb_forms                the infinitive of a verb as it stands in a text
    inflect                   inflected forms of a codebook's words
    lexicon                   words that judge and words that shift a judgement, and where they stand
    bearers                   on whom a word bears, by the tree: for functions and roles
    modality                  negated, hedged, asked, conditional, denied
    participants              which actors a judging or acting word bears on
    events                    the type and valence of a deed, from the event lists

Mentions: `find_mentions`::

    mentions                  every place where an actor is named, described or stood for
    mentions_scene            all that the finders need to know of an article, in one record
    mentions_tokens           words with their place; word lists that tell names from other capitals
    mentions_wordings         the codebook's wording, and the world's, compiled for matching
    mentions_codebook         matches that wording: names, last names, descriptions, demonyms, metonyms
    mentions_demonyms         whether an adjective stands for a state or people, or only for an origin
    mentions_metonyms         when a place stands for its government
    mentions_metonym_roles    whether a place has a part in its sentence that only people have
    mentions_entities         actors that no codebook lists, by the reading's entities
    mentions_unlisted         the same by capitals, where the reading has no entities
    mentions_names            parts of names: particles, `van` after a name, streets
    mentions_affiliations     where a name ends, and where its bearer belongs begins
    mentions_organisations    nouns that begin an organisation's name; its short part
    mentions_naming           who an unlisted name is: the fullest name that it shortens
    mentions_phrases          descriptions of actors that neither codebook nor name covers
    mentions_credits          datelines and picture credits, which are nobody

Coreference: whom a pronoun or description means, run by `find_mentions`::

    coreference               the pass over an article, rules from sure to unsure
    coreference_referents     the actors of an article and where each was named so far
    coreference_descriptions  descriptions that point back (`de minister`)
    coreference_pronouns      which words are pronouns that refer, and what they agree with
    coreference_salience      which actor a pronoun most likely means
    coreference_gender        gender from first names, titles and nouns
    coreference_speakers      `ik`, `we`, `u` in direct speech, after the quotes are found

Quotes: `find_quotes`::

    quotes                    who speaks, in which words
    quotes_rules              the patterns by name, for readers (docs/quote-patterns.md)
    reporting                 the vocabulary of reporting
    quotes_marks              pairs quotation marks
    quotes_context            what a pattern of direct speech looks at, and returns
    quotes_direct             speech between marks and its speaker
    quotes_cues               cues that are no finite verb of the main clause
    quotes_speakers           who speaks, without a tree
    quotes_network            speakers that the judging network is sure of
    quotes_indirect           reported clauses, without a tree
    quotes_reports            reported speech in a tree by its verbs: the patterns in their order
    quotes_verbs              reporting verbs in a tree: kind, subject, what hangs on them
    quotes_clauses            patterns of clauses
    quotes_objects            patterns of objects: naming, judging, announcing
    quotes_phrases            prepositions, nouns of speech, a colon, a look back
    quotes_content            the words of what is said
    quotes_heads              who speaks, by the tree
    quotes_join               reported speech and speech between marks put together

Evaluations: `code_evaluations`::

    evaluations               how each actor of a sentence is judged, by whom, on which words that rests
    evaluations_model         by the reading model, a passage at once
    evaluations_speech        where word lists look, and whom words inside speech can reach
    evaluations_lexicon       by word lists, and VADER
    evaluations_methods       which rows of several methods count, and which are clear

Actions: `code_actions`::

    actions                   who does what to whom
    deeds                     deeds of a parsed sentence: phrases, light verbs, marks of who undergoes
    actions_patterns          deeds by lexicon and word order, where there is no tree

Responsibility: `code_responsibility` (in `responsibility`)::

    responsibility            who holds whom responsible, accuses, demands, denies, defends, admits
    charges                   each such place in a parsed sentence
    blame                     the words for it

Frames: `code_frames`::

    frames                    which indicator questions a sentence answers with yes
    frames_patterns           by the codebook's patterns
    frames_model              by a supervised model
    frames_zero_shot          by nearness to the codebook's examples
    frames_features           what a frame model sees of a text
    frames_fitting            fits a model on coded texts
    frames_training           trains the shipped one
    frames_methods            which method answers which question, and whose answers count
    frames_articles           frames of whole articles
    microframes               to which pole of an axis the sentences about an actor lean
    microframes_axes          directions of axes in the space of sentence vectors
    microframes_chance        what chance alone would make of them

Functions: `code_functions` (in `functions`)::

    functions                 problems, causes, judgements, remedies: who says so, and of whom
    functions_patterns        each word of the lists in a sentence, with who and what is around it
    functions_causes          phrases and clauses of cause, and what is bad
    functions_modals          what somebody should do
    functions_signs           a place where a function is carried out
    functions_words           the word lists

Roles: `code_roles`::

    roles                     heroes, villains, victims: shares, and present or not
    roles_evidence            every place that speaks for a role, from the tables above and the text
    roles_text                words that name a role, losses
    roles_words               the word lists and weights
    roles_weighing            weights learnt from codes, beside those of the list
"""

from analysis.coding.actions import code_actions
from analysis.coding.evaluations import code_evaluations
from analysis.coding.frames import code_frames
from analysis.coding.mentions import find_mentions
from analysis.coding.quotes import find_quotes
from analysis.coding.roles import code_roles

__all__ = ["code_actions", "code_evaluations", "code_frames", "code_roles", "find_mentions", "find_quotes"]
