"""The words on charts of validity, Dutch and English: methods, phenomena, groups of names, kinds of silence.

Reads a key as the tables of validation have it, and a language; returns what a reader sees. A key without a word of its
own is shown as it is, with spaces.
"""

from __future__ import annotations

from analysis.display.words import LANGUAGES

_NAMES: dict[str, tuple[str, str]] = {
    # methods
    "second language model": ("tweede taalmodel", "second language model"),
    "coder": ("het programma", "the program"),
    "model": ("alleen het netwerk", "its network alone"),
    "model_no_target": ("netwerk, geen doel", "network, no target"),
    "model_3_words": ("netwerk, drie woorden", "network, three words"),
    "model_no_context": ("netwerk, alleen de naam", "network, name only"),
    "trivial": ("beste zonder netwerk", "best without a network"),
    "patterns": ("woordpatronen", "word patterns"),
    "lexicon": ("lexicon", "lexicon"),
    "lexicon_no_target": ("lexicon, geen doel", "lexicon, no target"),
    "vader": ("VADER", "VADER"),
    "majority": ("meerderheid", "majority"),
    # gold sets
    "teaching.tone": ("lescorpus", "teaching corpus"),
    "seed.evaluations": ("seed-artikel", "seed article"),
    "newsmtsc_en.dev": ("nieuws uit NewsMTSC", "NewsMTSC news"),
    "madtsc_nl.dev": ("nieuws uit MAD-TSC", "MAD-TSC news"),
    "madtsc_en.dev": ("nieuws uit MAD-TSC", "MAD-TSC news"),
    "opener_nl.dev": ("nieuws uit OpeNER", "OpeNER news"),
    "opener_en.dev": ("nieuws uit OpeNER", "OpeNER news"),
    "gold_nl": ("Nederlands", "Dutch"),
    "gold_en": ("Engels", "English"),
    # measures
    "accuracy": ("aandeel juist", "share right"),
    "macro_f1": ("macro-F1", "macro-F1"),
    "alpha": ("Krippendorffs alfa", "Krippendorff's alpha"),
    "share_wrong": ("aandeel fout", "share wrong"),
    "gap": ("verschil in gemiddelde polariteit", "gap in mean polarity"),
    "share_silent": ("aandeel zonder bewijs", "share without evidence"),
    "probability": ("kans die het netwerk noemt", "probability that the network states"),
    "share_right": ("aandeel juist", "share right"),
    # phenomena
    "all": ("alles", "all"),
    "headline": ("kop", "headline"),
    "own_voice": ("eigen stem", "own voice"),
    "quote": ("citaat", "quote"),
    "negation": ("ontkenning", "negation"),
    "hedge": ("voorbehoud", "hedge"),
    "passive": ("lijdende vorm", "passive"),
    "several": ("meer actoren", "several actors"),
    "opposite": ("tegengestelde tonen", "opposite tones"),
    "implicit": ("zonder oordelend woord", "implied"),
    "word": ("oordelend woord", "judging word"),
    "deed": ("daad", "deed"),
    "event": ("gebeurtenis", "event"),
    "blame": ("beschuldiging", "blame"),
    "irony": ("ironie", "irony"),
    "metonym": ("metoniem", "metonym"),
    "pronoun_target": ("voornaamwoord", "pronoun"),
    # groups of names
    "person group": ("personen, herkomst", "persons, origin"),
    "person gender": ("personen, sekse", "persons, gender"),
    "country group": ("landen", "countries"),
    "party group": ("partijen", "parties"),
    "female": ("vrouw", "female"),
    "male": ("man", "male"),
    "Chinese": ("Chinees", "Chinese"),
    "Dutch": ("Nederlands", "Dutch"),
    "Eastern European": ("Oost-Europees", "Eastern European"),
    "English": ("Engels", "English"),
    "Moroccan and Arabic": ("Marokkaans, Arabisch", "Moroccan and Arabic"),
    "Surinamese and Caribbean": ("Surinaams, Caribisch", "Surinamese and Caribbean"),
    "Turkish": ("Turks", "Turkish"),
    "West African": ("West-Afrikaans", "West African"),
    "Asia": ("Azië", "Asia"),
    "Eastern Europe": ("Oost-Europa", "Eastern Europe"),
    "Latin America": ("Latijns-Amerika", "Latin America"),
    "Middle East and North Africa": ("Midden-Oosten en Noord-Afrika", "Middle East and North Africa"),
    "North America and Australia": ("Noord-Amerika en Australië", "North America and Australia"),
    "Sub-Saharan Africa": ("Afrika bezuiden de Sahara", "Sub-Saharan Africa"),
    "Western Europe": ("West-Europa", "Western Europe"),
    "left": ("links", "left"),
    "centre": ("midden", "centre"),
    "right": ("rechts", "right"),
    "nl": ("Nederlandse zinnen", "Dutch sentences"),
    "en": ("Engelse zinnen", "English sentences"),
    # coverage
    "sentences_without_mention": ("zinnen zonder actor", "sentences without an actor"),
    "sentences_without_frame": ("zinnen zonder frame", "sentences without a frame"),
    "actors_not_found": ("actoren van het codeboek, nergens genoemd", "actors of the codebook, never mentioned"),
    "actors_without_quote": ("actoren die niets zeggen", "actors who say nothing"),
    "actors_without_judgement": ("actoren zonder duidelijk oordeel", "actors without a clear judgement"),
    "mentions_without_evaluation": (
        "actoren in een zin zonder beoordeling",
        "actors in a sentence without an evaluation",
    ),
    "evaluations_not_clear": ("beoordelingen zonder kant", "evaluations that take no side"),
    "quotes_without_speaker": ("citaten zonder spreker", "quotes without a speaker"),
    "deeds_without_doer": ("daden zonder dader", "deeds without a doer"),
    "corpus": ("deze artikelen", "these articles"),
    "seed": ("het seed-artikel", "the seed article"),
    # titles and captions
    "title_methods": (
        "Welke methode komt het dichtst bij de goudstandaard?",
        "Which method comes closest to the gold standard?",
    ),
    "title_errors": ("Waar gaat het programma het vaakst de fout in?", "Where does the program go wrong most often?"),
    "title_reliability": ("Is het netwerk zo zeker als het gelijk heeft?", "Is the network as sure as it is right?"),
    "title_gaps": ("Hangt het oordeel aan de naam?", "Does the judgement hang on the name?"),
    "title_coverage": ("Waarover zeggen de tabellen niets?", "Of what do the tables say nothing?"),
    "caption_methods": (
        "Tussen haakjes: n codes; tweede taalmodel: waar taalmodellen codeerden en geen mensen",
        "In brackets: n codes; second language model: where language models coded, not people",
    ),
    "caption_errors": ("Tussen haakjes: n beoordeelde actoren", "In brackets: n judged actors"),
    "caption_reliability": (
        "Stippellijn: even zeker als juist; cijfer: n actoren",
        "Dashed line: as sure as right; number: n actors",
    ),
    "caption_gaps": (
        "Dezelfde zinnen, andere namen; tegenover het gemiddelde van alle groepen. Grijs: onder 0,05; dicht: erboven",
        "The same sentences, other names; against the mean of all groups. Grey: below 0.05; filled: above",
    ),
    "caption_coverage": ("Cijfers: zonder bewijs / bekeken", "Numbers: without evidence / looked at"),
    "interval_of": ("lijn: 95 %-interval, {unit} herbemonsterd", "line: 95% interval, {unit} resampled"),
    "unit_texts": ("teksten", "texts"),
    "unit_names": ("zinnen en namen", "sentences and names"),
}


def name(key: str, language: str = "nl", /, **values: object) -> str:
    """What a reader sees for a key of a table of validation.

    Examples
    --------
    >>> name("irony", "nl"), name("irony", "en"), name("nested_speech", "en")
    ('ironie', 'irony', 'nested speech')
    """
    if key not in _NAMES:
        return key.replace("_", " ")
    return _NAMES[key][LANGUAGES.index(language)].format(**values)
