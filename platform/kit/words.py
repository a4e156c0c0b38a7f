"""Which words may stand on a slip: those of a fixed list of 2,048, less what nobody should be handed on paper.

The list is the English one of BIP 39, which a standard holds still. A slip may be found by somebody else, is read aloud
at counters and over the telephone, and is held by people who are in contact with the police and the courts. What is
left is meant to be easy to picture, say and spell. Taking out a word makes every slip that carries it unreadable.
"""

from mnemonic import Mnemonic

LONGEST = 7

# What happens in custody suites, courts and prisons, and what is said of people there.
CRIME_AND_COURT = """
accuse admit ankle arrest assault bench blame board budget cage carry case caught chase claim client code control
copper crime damage deal defense defy denial deny deputy detect enforce escape evil exile expose false fault fence
fine follow forget guard guilt hidden illegal inmate jealous judge kite lab law lawsuit leg legal liar lock mask obey
offer oppose order patrol penalty permit pigeon police prevent prison private proof prosper protect rail rebel record
regret release report rescue resist riot risk rule search secret seek session sheriff sign silent solve spy suspect
swear tag tattoo tenant track trap trial trick trigger trouble trust truth uncover undo unlock unveil verify witness
wrong
"""

# Weapons, blows, fire, war.
HARM_AND_WAR = """
abuse alarm alert arm armed armor army arrow attack battle bind blade blast bomb bridge bullet bunker burst cannon
chaos charge crack crash cruel crush danger destroy drill enemy erupt fire flame flush force gas glass gun hammer
hazard hood horror hunt hurdle hurry hurt impact injury invest jump kick knife laundry marine pistol pulse punch push
razor rifle scatter scrap shield shiver shock shoot shove siege slam soldier spike squeeze stick strike sword tackle
tank target torch toss twist veteran vicious warfare warrior weapon wire wrestle
"""

DEATH_AND_LOSS = """
abandon bone decline demise despair end estate eternal expire fade fall fatal final fossil ghost grief inherit orphan
raven skull soul spirit vanish vault void wreck
"""

# Family as well: many who hold a slip have lost theirs, or may not see their children.
BODY_SEX_AND_FAMILY = """
adult aunt baby ball bar birth blush body boss bottom boy brother cherry chest child couple cousin cream dad divorce
face family father female finger foster friend girl grape home horn husband infant job join kid kiss lady love maid
man mix mom mother nephew nose nurse nut organ parent people pet pole pull relax ride romance rubber sausage seed
shaft sibling sister skin sniff stomach stool swallow swing tip toddler toilet tongue tool toy uncle wedding wet wife
woman young youth
"""

# With gambling, poverty, homelessness, and the street names of drugs.
HEALTH_ABILITY_AND_DRUGS = """
ability able acid addict afford alcohol anxiety asthma awake beauty benefit bid blind blood brain brick candy capable
casino cheap cigar clap clean clever clinic crazy crystal cute dentist deposit dice diet disease dizzy doctor dose
drink dumb dust dwarf elder exhaust fat fatigue feed fever fit fitness genius glue grass gym habit head health heart
heavy hero high hip hungry ice ill illness immune inhale inject insane junk kidney lazy loan lottery lucky mad mule
muscle nerve normal odor old patient perfect pill pipe poverty pretty rent retire rich screen senior sick sight simple
sleep slender slim slow smart smoke snow special speed spice spoon spray stable street symptom syrup tired tobacco
trip turkey ugly unable unusual vapor virus vital wait wealth weird wine
"""

# With animals and foods that are thrown at people as insults.
FAITH_AND_ORIGIN = """
alien bacon banana black bless border brown citizen coconut cotton cross devote dutch exotic faith ginger goddess
gorilla gospel grace harvest hotel jungle latin mass master mercy minor miracle monkey moral myth nation orient pig
pyramid raccoon race ritual royal tribe visa wasp yellow
"""

SAD_OR_INSULTING = """
afraid alone anger angry awful awkward betray bitter bleak boring broken burden clog clown coyote crawl crumble cry
damp dash debris dirt dismiss dog donkey drama empty exclude excuse fame fancy feel fragile frown furnace fury garbage
gasp gloom goat goose gossip grit grunt harsh hollow idle ignore insect joke laugh lonely mean misery miss mistake
monster naive nasty need neglect nothing panic peasant problem pudding quit reduce reject rigid rookie rough rude sad
sadness scare scrub shy silly slush snake sorry spawn spoil sting stuff stumble suffer swamp tragic trash tumble twice
unaware unfair unhappy upset useful useless vague waste weasel wild worry worth
"""

# Harmless at first sight, with a second meaning in slang or in an institution.
MISHEARD_OR_MISUSED = """
badge beef buzz cabbage chicken cliff club crowd doll edge file fix flash gown grocery melt memory muffin neck oven
panther potato powder pulp pupil rib skirt slab tent voice yard
"""

# Homophones in the speech of England, whether or not the other word is on the list.
SOUNDS_LIKE_ANOTHER = """
add air aisle all alter base beach bean bird blue boil bread buyer canvas capital cash ceiling cereal chalk check
choose climb core corn course creek cruise current dance day deer desert draft earn eight eye faint find flee floor
flower found gate great group guess hair hire hole horse hour jeans jewel key know leaf lend lens lesson load mail
main maze meat medal metal mind mixed more morning one pact pair panda pause peace pear phrase piece place plate pony
present pride print rack rain raise raw real rice right ring road rose route sail sauce scene sea sell sense shed shoe
side six sort source stairs steak steel story style sun sure sweet symbol tail team there throw tide timber time toe
tone tuna turn two use wage wave way wear weather whale what wheat wheel when where win wise wonder wood world wrap
write you
"""

# Silent letters, American spellings, words met mostly in writing.
HARD_TO_SAY_OR_SPELL = """
absent absorb absurd access achieve acquire actress adapt adjust advance aerobic agent amateur amused analyst anchor
ancient antenna antique apology appear approve arctic arrange aspect asset assist assume athlete attract auction audit
author autumn axis bargain behave believe bicycle biology blouse bulk calm canoe catalog caution census century
certain chef choice chronic chuckle churn clarify clerk clump color column conduct connect correct crouch crucial
culture curious cushion cycle debate decade define degree delay demand depart depend depth derive design device
diagram diary diesel differ dilemma direct divert dynamic echo ecology economy edit educate effort elegant element
elite else embark embody embrace emerge emotion employ empower enable enact endless endorse energy engage enhance
enlist enough enrich enroll ensure entire entry episode equal equip era erase erode erosion error essay essence ethics
evoke evolve exact excess excite execute exhibit exist expand expect extend faculty federal fiber fiction fiscal
flavor fluid foil fortune forum fringe gauge general genre gentle genuine gesture glance glimpse govern guide harbor
height hobby hover humble humor hybrid image imitate immense impose improve impulse include income index inflict
inform initial inner input inquiry inspire install intact involve issue item ivory jaguar junior keen knee knock label
labor lawn lecture leisure length leopard liberty license liquid logic lounge loyal luggage lunar luxury lyrics
machine mandate mansion manual matrix media mention mesh method mimic minute model modify moment mutual mystery narrow
neither neutral noble nominee noodle notable notice novel nuclear object oblige obscure observe obtain obvious occur
okay omit onion opera opinion option ostrich oxygen ozone payment phone pioneer pledge plunge poet portion praise
predict prefer primary process produce profit program promote provide purity purpose quality quantum quarter quote
radar rally random range rather reason recall receive recipe recycle reflect reform refuse region regular relief rely
remain remind remove render renew reopen repair repeat replace require result retreat return reunion reveal review
reward rhythm rival rotate rural salmon salon salute sample satisfy satoshi scheme science script section segment
select seminar series service settle setup similar siren situate size sketch ski slogan soccer social spatial sphere
stereo subject submit subway such sudden suggest supply supreme surface surge survey sustain system talent taxi theme
theory thought thrive thumb tissue title tornado toward tuition type typical unfold uniform unique unknown until
update uphold upon urban urge usage usual utility vacant vacuum valid various vehicle vendor venture venue verb
version very vessel viable vibrant virtual visual vivid vocal volume voyage warm whisper width wink wisdom wrist
"""

# No picture comes to mind, or it could be taken for the number or the date on the slip.
HARD_TO_PICTURE_OR_A_NUMBER = """
about above account across act action actor actual address advice affair again age agree ahead aim allow almost alpha
already also always amazing among amount angle annual another answer any apart april argue around arrive ask atom
attend august auto average avoid aware away awesome barely basic because become before begin behind below best better
between beyond blur bonus boost borrow brave brief bring brisk build busy cancel carbon casual catch cause change
chapter chief chunk city civil close cluster clutch collect combine come comfort common company confirm cool copy cost
cover cram credit crew crisp critic crop custom daring decide deliver detail develop dial digital dignity display
divide domain donate donor double drastic drift dry during duty eager early easily east easy either enjoy enter
example exit explain express extra famous fantasy fashion feature fee fetch few figure filter finish first focus fold
forward front frozen future gain gap garment gather gaze give glad glare good grab grant gravity grid grow half hard
have help hint history hold hope host hub huge human hundred icon idea inch indoor inside into invite isolate journey
just keep kind large later layer leader learn leave left legend level life lift like limb limit link list little live
local long loop lumber major mammal manage march margin match math matter maximum measure member menu merge merit
merry message middle million minimum mixture mobile monitor month motion move much must myself nature near network
never news next nice night noise north note now number october off office often olympic once online only open other
outdoor outer output outside over own owner party pass patch person pitch plastic please pluck plug point polar
popular power prepare price prize project proud public put quick rapid rare rate ready rebuild robust round safe same
save say scale scan scout seat second seven shadow shallow share shift shine short shrug shuffle since skill slice
slide slight slot small soft solar solid someone soon sound south space spare speak spell spend spin split sponsor
spot spread staff stage stand start state stay stem step still stock strong student success suit super swap swarm
swift switch talk task taste teach tell term test text thank that then they thing this tilt tiny today token tonight
top topic topple total trade traffic treat trend trim true truly try twelve twenty twin under unit upgrade upper used
vast victory view vintage visit vote walk want wash welcome west whip wide will winner wish word work year zero zone
"""

# One letter changed, added, dropped or swapped with its neighbour gives a word that stays.
LOOKS_LIKE_ANOTHER = """
alley area art artwork box cable call camp can car card cart cattle cave chat clay click coast coil cook couch cube
dish drip drop fan firm flat flight flip flock fog foot fun funny game globe grain hat hen jar kit lake loud make name
net pave pool ramp roast room run saddle sand shop silk sing snap soap stove ten three
"""

LEFT_OUT = frozenset(
    " ".join(
        (
            CRIME_AND_COURT,
            HARM_AND_WAR,
            DEATH_AND_LOSS,
            BODY_SEX_AND_FAMILY,
            HEALTH_ABILITY_AND_DRUGS,
            FAITH_AND_ORIGIN,
            SAD_OR_INSULTING,
            MISHEARD_OR_MISUSED,
            SOUNDS_LIKE_ANOTHER,
            HARD_TO_SAY_OR_SPELL,
            HARD_TO_PICTURE_OR_A_NUMBER,
            LOOKS_LIKE_ANOTHER,
        )
    ).split()
)

_STANDARD = Mnemonic("english").wordlist

# Each word with its place in the standard list, which the check digit is made from: it stays when another word goes.
PLACES = {word: place for place, word in enumerate(_STANDARD) if len(word) <= LONGEST and word not in LEFT_OUT}
WORDS = tuple(PLACES)
