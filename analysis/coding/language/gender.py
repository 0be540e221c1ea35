"""Gender of persons in news: from first names, titles and nouns.

Reads words; returns ``m``, ``f`` or nothing. The lists are short and our own: common Dutch and Flemish, English,
Arabic, Turkish and a few other first names. A name that both men and women bear (``Kim``, ``Robin``) has no gender. It
cannot see how somebody wants to be called.
"""

from __future__ import annotations

import re

from analysis.coding.language.tokens import word_set

MALE, FEMALE = "m", "f"
_MEN = word_set(
    "aaron abdel abdul abdullah adam adel adil ahmad ahmed ahmet alan alberto aleksandr aleksej alexander ali amine "
    "amir anas anders andrej andrew andrzej anthony antonio anwar arie ariel arjan arjen arnold arthur ayman ayoub "
    "ban barack barham bart bas bashar ben benjamin bernard bernie bert bibi bilal bill bjorn bob bohdan boris bram "
    "brandon brian bulent burak carlos casper cees cem charles chidi chris christopher colin cor craig cyril daan "
    "daniel david deniz dennis diederik diego dirk dmitri dmitry donald donny douglas dre dries edward eelco egbert "
    "ehud elon emeka emmanuel emre erdal eric erik ethan evert evo ewout fabio faisal farid fatih ferdinand "
    "fernando filip finn floris fokke francisco francois frank frans fred freek freerk friedrich fumio gary geert "
    "geertjan geoffroy george gerard gerhard gerrit gert gijs giovanni giuseppe gordon graham gregory guus hadi "
    "haider hakan hamza hank hans harm harold harry hasan hassan hayo hein helmut hendrik henk henrik henry herman "
    "hosni hossein hugo hussain hussein huub ian ibrahim igor imran isaac ismail ismet ivan ivo jaap jack jacob "
    "jacques jamal james jan jaroslaw jason jasper javad javier jean jeff jeffrey jelle jelmer jens jeremy jeroen "
    "jerry jesse jim jip job joe johan john jonathan joop joost jorge joris jos jose joseph joshua juan jurgen "
    "jurjen justin kareem karel karim kasper kees keir keith kemal kenneth kevin khalid kim-jong klaas klaas-jan "
    "koen koert kofi koos kristof kwame kyle larry lars lawrence lech leo levi lex lodewijk louis luc lucas luigi "
    "luis luuk maarten magnus mahmoud marc marcel marco mario mark martijn martin mateusz mathijs matteo matthew "
    "matthijs mauro max mees mehdi mehmed mehmet menno michael michiel miguel mike mikhail mikkel milan mitch mitt "
    "mohamed mohammad mohammed moustafa muhammad muqtada murat mustafa nabil narendra nasser nathan neil nelson "
    "nicholas nico nicolas niels nigel nils noah nouri olaf ole oleh oliver omar omer onno orhan osama osman otto "
    "pablo paolo pascal patrick paul pedro peter petro phil philip piet pieter pim qais qasim qassem rachid raf "
    "ralph rashid raul recep rene reza richard rik rishi rob robbert robert roberto roel roger rogier ronald ruben "
    "rutger ruud ryan saddam saeed said salman sam samir samuel sander scott sean selim sem sep sergei sergej "
    "sergio serkan shimon shinzo sietse silvio simon sipho sjaak sjoerd stef stefan stephen steve steven stijn "
    "stuart suleyman sven sybren taras tarek tariq tayyip ted terry teun theo thijs thomas tijn tijs tim timo "
    "timothy tjeerd tjerk tobias tolga tom ton tony toon turgut twan tyler ubo umar umut victor viktor vincent "
    "vladimir volkan volodymyr walter wannes wiebe wilfred willem william wim wout wouter xander xi yannick yilmaz "
    "yitzhak yousef youssef yusuf yves zachary"
)
_WOMEN = word_set(
    "abigail ada agnes agnieszka aicha aisha akiko alexandra alexandria alexia alice ama amalia amanda amara amber "
    "amina amy ana andrea angela anja ann anna anne annegret anneke annelies annemarie annie anouk ariane ashley "
    "astrid attje aung ayse babette barbara beata beatrix beatriz benazir bep betty beverly bianca bibi brenda "
    "brigitte brittany carla carmen carol carola carolien caroline catharina catherine cecile chantal charlotte "
    "cheryl chiara chioma christien christine claudia condoleezza corine corrie cristina danielle daphne debbie "
    "deborah debra denise desiree diana diane dilan dilara dilek dilma dominique donna dora doris ebru edith elena "
    "elif eline elisabeth elise elizabeth ellen els elsbeth emily emine emma erna esra esther eva eveline evelyn "
    "ewa farah fatima fatma femke fenna fernanda fleur floor francesca francisca fransje frederique freja freya "
    "gabriela galina gerda gerdi giorgia gloria goedele golnaz grace greet greetje greta gretchen gul gulsen gwen "
    "gwendolyn hafsa hanan hanna hannah hanneke hannelore hannie haruka hatice heather hedy heleen helen helena "
    "helga henny henriette hilda hilde hillary hind hulya ilse iman indira ineke ines inge ingeborg ingrid irene "
    "irina iris irma isabel isabelle ivanka jacinda jacqueline jane janet janice janine janneke jean jeanette "
    "jeanine jennifer jessica jet jetta jette joan joana joke jolanda jonna josien judith judy julia juliana julija "
    "kaja kamala karin katarzyna kate katherine kathleen kathryn katja kayla keklik kelly khadija khadijah kimberly "
    "kirsten klaartje lara latifa laura lauren layla leila leontien leyla lia lidewij lientje lies liesbeth liesje "
    "lilian lilianne linda linnea lisa lisette liz loes lonneke lori lot lotte louise lucia ludmila maaike maartje "
    "madeleine madelon magdalena maja malika marga margaret margarita margot margriet maria mariam marian marianne "
    "marieke marije marijke marilyn marina marine marjan marjolein marleen marlies martha martine mary maryam masih "
    "mathilde maxima megan meghan mei melania melissa mercedes merel merve meryem mette meyrem michelle mieke mies "
    "miranda mireille mirella mirjam mona monique myrthe nadia nadine naima najat nancy nasrin natalia natalie "
    "natasja nathalie nawal nel nelleke ngozi nicola nicole nienke nina nkechi noor nora noura nur oksana olena "
    "olga olivia ozlem pamela patricia paula paulien petra pia pilar pinar priti rachel rachida rania rebecca "
    "renate renske ria riet rita roos rosa rosanne rose ruth sabine saida sakura salma samia samira sanaa sandra "
    "sanna sanne sara sarah saskia segolene selin sevgi sharon shirin shirley sibel sietske sigrid sigrun siham "
    "simona simone sofie songul sonia sophie souad soumaya stella stephanie susan suzan suzanne svetlana sylvana "
    "sylvia tamara tanja tansu tatiana tatjana teresa tess tessa thea theresa tiffany tilly tineke titia tjitske "
    "trees trijn truus tugba ursula valerie veerle vera victoria virginia vivian wanjiru wendy wies wilhelmina "
    "willemijn wilma yasemin yasmin yasmina yuki yulia yvette yvonne zahra zainab zaynab zeynab zeynep zita zoe "
    "zohra zuzana"
)
_FEMALE_NOUN = re.compile(
    r"(?:vrouw|meisje|moeder|dochter|oma|zus|zuster|tante|nicht|weduwe|echtgenote|vriendin|koningin|prinses|gravin|keizerin|"
    r"actrice|directrice|lerares|boerin|gastvrouw|mevrouw|non|dame|voorzitster|woordvoerster|[a-z]{3,}(?:ster|trice|euse)|"
    r"keepster|schrijfster|zangeres|danseres|barones|politica|bewindsvrouw|topvrouw|voorvrouw|woman|girl|mother|daughter|"
    r"grandmother|sister|aunt|niece|widow|wife|queen|princess|actress|spokeswoman|chairwoman|congresswoman|lady|mrs|ms|"
    r"miss|mw|heldin|studente|journaliste|advocate|presidente|astronome|debutante|assistente|docente)\Z"
)
_NO_FEMALE = word_set(
    "minister burgemeester meester bondskanselier premier magister klooster venster register filister"
)
_MALE_NOUN = re.compile(
    r"(?:(?<![a-z])(?:man|jongen)|vader|zoon|opa|broer|oom|neef|weduwnaar|echtgenoot|koning|prins|graaf|keizer|heer|meneer|"
    r"pater|bisschop|paus|imam|sjeik|ayatollah|voorman|topman|bewindsman|zakenman|brandweerman|cameraman|raadsman|"
    r"zegsman|buurman|visserman|vastgoedman|jongeman|boy|father|son|grandfather|brother|uncle|nephew|widower|husband|"
    r"king|prince|spokesman|chairman|congressman|businessman|mr|sir|lord|pope|policeman|dhr|(?<![a-z])oud-koning)\Z"
)


def gender_of_noun(noun: str) -> str | None:
    """Gender that a noun for a person has by its meaning.

    Examples
    --------
    >>> gender_of_noun("woordvoerster"), gender_of_noun("zakenman"), gender_of_noun("minister")
    ('f', 'm', None)
    """
    lowered = noun.lower().rstrip(".")
    if lowered in _NO_FEMALE or lowered.endswith(("meester", "minister")):
        return None
    if _FEMALE_NOUN.search(lowered):
        return FEMALE
    return MALE if _MALE_NOUN.search(lowered) else None


def gender_of_name(first_name: str) -> str | None:
    """Gender of those who mostly bear a first name.

    Examples
    --------
    >>> gender_of_name("Hanneke"), gender_of_name("Recep"), gender_of_name("Robin")
    ('f', 'm', None)
    """
    lowered = _plain(first_name)
    if (lowered in _MEN) == (lowered in _WOMEN):
        return None
    return MALE if lowered in _MEN else FEMALE


def _plain(name: str) -> str:
    table = str.maketrans("áàâäãåéèêëíìîïóòôöõøúùûüçñýğşıšžčć", "aaaaaaeeeeiiiioooooouuuucnygsiszcc")
    return name.lower().translate(table)
