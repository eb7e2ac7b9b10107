/**
 * Words that exclude each other: one line a topic, `/` between sides, blanks between words of one
 * side, `_` inside a term of several words. A word that is common in another sense (`right`, `back`,
 * `like`) is left out: a veto must be certain. Opposites by prefix are in `opposite-affixes.ts`.
 */
export const antonymTable = `
accept accepted acceptance approve approval/reject rejection decline disapprove deny denial refuse refusal
allow permit permission enable enabled grant whitelist allowlist/block deny forbid prohibit ban disallow disable disabled revoke blacklist blocklist denylist
enable activate activation enabled/disable deactivate deactivation disabled
legal lawful legalize/illegal unlawful illegally
import importer importing importation/export exporter exporting exportation
increase raise grow growth gain rise boost maximize/decrease reduce reduction lower decline drop shrink loss fall minimize lessen cut
add addition append insert/remove removal delete deletion subtract drop
create creation/delete deletion destroy
buy purchase buyer purchaser buying/sell sale seller vendor selling
before prior/after following
more/less fewer
most/least fewest
highest high higher maximum max biggest largest greatest upper tallest/lowest low lower minimum min smallest least shortest
big large bigger larger huge/small smaller tiny little
first/last final
earliest early earlier oldest/latest late later newest
old older/new newer young younger
open opening reopen/close closed closing closure shut
lock/unlock
upload uploading/download downloading
encrypt encryption/decrypt decryption
encode encoding/decode decoding
compress compression zip/decompress decompression unzip extract
install installation setup/uninstall uninstallation
start begin beginning launch startup starting resume/stop end ending finish halt shutdown quit pause cancel terminate
push/pull
credit/debit
asset/liability
plaintiff claimant prosecution prosecutor/defendant defense defence
arrival arrive arriving land landing/departure depart departing leave takeoff
inbound incoming ingress/outbound outgoing egress
male men man boy masculine/female women woman girl feminine
husband boyfriend groom father dad son brother uncle nephew grandfather king prince actor/wife girlfriend bride mother mom mum daughter sister aunt niece grandmother queen princess actress
father dad mother mom mum parent/son daughter child kid
husband wife/boyfriend girlfriend
refund/charge payment
login log_in signin sign_in log_on/logout log_out signout sign_out log_off sign_off/signup sign_up register
turn_on switch_on power_on/turn_off switch_off power_off
opt_in/opt_out
check_in checkin/check_out checkout
clock_in/clock_out
zoom_in/zoom_out
scale_up/scale_down
subscribe subscription/unsubscribe
follow/unfollow
upgrade/downgrade
promote promotion/demote demotion
merge combine join/split separate divide
client/server
frontend front_end/backend back_end
sender send sent sending/receiver receive recipient receiving received
employer boss manager/employee worker
landlord/tenant renter
lender lend creditor loan/borrower borrow debtor
gross/net
long longer longest/short shorter shortest
bull bullish/bear bearish
domestic national/international foreign abroad overseas
acute/chronic
benign/malignant
oral/intravenous iv topical injectable injection
bacteria bacterial/virus viral/fungal fungus
type_1/type_2
systolic/diastolic
vein venous/artery arterial
mortgage/rent lease
rent lease leasing/buy own
criminal/civil
felony/misdemeanor
guilty convict convicted conviction/innocent acquit acquitted acquittal
appellant/appellee/respondent
copyright/trademark/patent
will/trust
marry marriage wedding/divorce separation
hire hiring recruit/fire firing dismiss layoff resign
deposit/withdraw withdrawal
profit/loss
income revenue/expense expenditure
receivable/payable
surplus/deficit
supply/demand
inflation/deflation
taxable/tax_free exempt
fixed/variable adjustable floating
short_term/long_term
stock equity/bond
call_option call_options/put_option put_options
checking current_account/saving savings_account
roth/traditional
public/private
success succeed successful successfully pass/failure fail failed unsuccessful
win winner winning victory/lose loser losing defeat loss
advantage advantageous benefit pro pros strength merit/disadvantage drawback downside con cons weakness demerit risk
positive/negative neutral
best/worst
good/bad
love/hate
cheap cheapest inexpensive affordable/expensive priciest costly luxury
fast quick fastest quickest faster quicker/slow slowest slower
easy easiest simple easier/hard hardest difficult harder
hot hottest warm hotter heat heating/cold coldest cool colder freeze freezing cooling
strong strongest stronger strengthen/weak weakest weaker weaken
heavy heaviest heavier/light lightest lighter
thick thickest/thin thinnest
wide widest broad/narrow narrowest
deep deepest/shallow
dry/wet
clean/dirty
full/empty
rich richest wealthy/poor poorest
smart intelligent/stupid dumb
beautiful pretty handsome/ugly
safe safest safely/dangerous unsafe
true/false
alive living/dead
birth born/death die died
day daytime/night nighttime
morning/afternoon/evening/night midnight/noon
breakfast/lunch/dinner supper
north northern northeast northwest/south southern southeast southwest
east eastern northeast southeast/west western northwest southwest
left/right
above/below under beneath
inside indoor indoors/outside outdoor outdoors
internal inner interior/external outer exterior
horizontal/vertical
ascending ascend/descending descend
forward/backward backwards
vertically/horizontally
top/bottom
front/rear
input/output
read reading/write writing
source/destination target
upstream/downstream
synchronous sync/asynchronous async
static/dynamic
manual manually/automatic automatically
temporary temporarily/permanent permanently
absolute/relative
public_key/private_key
rebase/merge
commit/rollback revert
attach/detach
mount/unmount
connect connection/disconnect disconnection
expand expansion/collapse contract contraction
show display unhide/hide
mute/unmute
archive/unarchive restore
freeze/unfreeze thaw
blocked/unblocked unblock
lossy/lossless
mutable/immutable
stateful/stateless
production prod/staging/development dev
row/column
prefix/suffix
uppercase/lowercase
odd/even
sum add addition/difference subtract subtraction/product multiply multiplication/quotient divide division
numerator/denominator
differentiate derivative differentiation/integrate integral integration
convex/concave
acid acidic/base alkaline
solid/liquid/gas gaseous
proton/neutron/electron
anode/cathode
predator/prey
mitosis/meiosis
renewable/nonrenewable
gain gained gaining/lose lost losing loss
find found/lose lost
remember/forget
borrowed/lent
teacher/student pupil
cause/effect consequence treatment cure prevention
symptom/treatment remedy
prevent prevention/cause
inhale/exhale
pregnant/postpartum
adult/child kid children infant toddler baby teenager
summer/winter/spring/autumn fall
january/february/march/april/june/july/august/september/october/november/december
one_way oneway single_trip/round_trip roundtrip return_trip
carry_on cabin_baggage hand_luggage/checked checked_baggage hold_luggage
economy/business_class first_class
domestic_flight/international_flight
embassy/consulate
pickup pick_up/drop_off dropoff delivery
prepaid prepay/postpaid
wholesale/retail
online/offline in_person
wired/wireless
hardware/software
analog/digital
urban city/rural countryside
majority/minority
junior/senior
undergraduate bachelor/graduate master postgraduate/phd doctorate doctoral
theist theism religious/atheist atheism
democrat democrats democratic/republican republicans
liberal left_wing/conservative right_wing
capitalism capitalist/communism communist/socialism socialist
civilian/military
attack offense offensive/defend defense defensive defence
war/peace
friend/enemy
optimist optimistic/pessimist pessimistic
introvert introverted/extrovert extroverted
vegan/vegetarian/carnivore
herbivore/carnivore/omnivore
liquid/solid
major/minor
singular/plural
noun/verb/adjective/adverb
fiction/nonfiction
comedy/tragedy
heaven/hell
god/devil
ancestor/descendant
ascent/descent
absorb/emit
attract/repel
accelerate acceleration/decelerate deceleration
maximize maximise/minimize minimise
optimistic_locking/pessimistic_locking
regress/progress
sunrise/sunset
dawn/dusk
entry entrance enter/exit leave
arrive_at/depart_from
occupied/vacant
mandatory compulsory required obligatory/optional voluntary
explicit/implicit
abstract/concrete
simple/complex complicated
qualitative/quantitative
objective/subjective
primary/secondary/tertiary
active/passive inactive
dominant/recessive
anterior/posterior
proximal/distal
dorsal/ventral
medial/lateral
maternal/paternal
inpatient/outpatient
generic/brand_name branded
overdose/underdose
fasting/postprandial
constipation/diarrhea
insomnia/hypersomnia
hypertension high_blood_pressure/hypotension low_blood_pressure
red/blue/green/yellow/black/white/purple/orange/brown/pink/grey gray
write written wrote writer author compose composer/direct directed director/produce produced producer/sing sang sung singer/star starred
invent inventor/discover discoverer
born birthplace birthday/died die death/married marry/buried
won/nominated
king/queen
height tall/weight weigh heavy
width/height/depth
length/width
latitude/longitude
currency/capital/population/language/religion/president/flag
speed/distance
area/perimeter/volume
mean average/median/mode
mass/weight
salary/pension
boil boiling/melt melting
eat drink consume/avoid
except excluding exclude/including include
cancel/renew renewal
roll_back rollback/roll_out rollout
abundant abundance/scarce scarcity
admit/exclude
amateur/professional
appreciate appreciation/depreciate depreciation
asleep/awake
sleep/wake
brave/cowardly
bright/dim dark
busy/idle
cash/credit
coarse/fine
concentrated/diluted dilute
confirm/deny
construct construction build/destroy destruction demolish demolition
curved/straight
encourage/discourage
emigrate emigration/immigrate immigration
fertile fertility/sterile infertility
flexible/rigid
fresh/stale frozen
often frequently/rarely seldom
generous/stingy
genuine authentic real/fake counterfeit
happy happiness/sad sadness
humid/arid
individual/group collective
inferior/superior
join/leave quit
loose/tight
loud/quiet
natural organic/artificial synthetic
peak/trough
polite/rude
praise/criticize
preceding/following
present/absent
punish punishment/reward
rough/smooth
save/spend
sharp/blunt
single/married
sober/drunk
sour/sweet/salty/bitter
tame/wild
theoretical/practical
transparent/opaque
raw/cooked
boiled/fried/grilled/baked
producer/consumer
publisher publish/subscriber
caller/callee
serializing/deserializing
minify/beautify
stack/heap/queue
inner_join/outer_join
left_join/right_join
http/https
tcp/udp
overload overloading/override overriding
stdin/stdout/stderr
floor/ceiling ceil
cpu/gpu
ssd/hdd
wifi/ethernet
principal/interest
apr/apy
bid/ask
payer/payee
premium/deductible/copay
invoice/receipt
bail/parole/probation
murder/manslaughter
libel/slander
robbery/burglary
antibiotic/antiviral/antifungal
antigen/antibody
insulin/glucagon
stimulant/sedative depressant
agonist/antagonist
flexion/extension
constrict constriction/dilate dilation
window_seat/aisle_seat
departing departure outbound/returning return
train/bus/ferry/taxi
hostel/hotel
visa/passport
astronomy/astrology
monarchy/republic/dictatorship/democracy
bachelor/master/phd
elementary/middle_school/high_school/college university
sunny/rainy/cloudy/snowy
teaspoon/tablespoon
formal/informal casual
back_up backup/restore
include cover/exclude
deficiency deficit lack shortage/excess overdose toxicity
minor/adult
rainy/dry
bold/italic/underline
before prior/since after
the_beginning the_start/the_middle/the_end
eldest oldest elder/youngest younger
gold golden/silver/bronze/platinum
usually typically normally commonly often frequently generally/sometimes occasionally/rarely seldom infrequently uncommonly
mile miles/kilometer kilometers kilometre kilometres km
foot feet ft/meter meters metre metres
inch inches/centimeter centimeters centimetre centimetres cm
pound pounds lb lbs/kilogram kilograms kilo kilos kg
ounce ounces oz/gram grams
fahrenheit/celsius centigrade/kelvin
gallon gallons/liter liters litre litres
dollar dollars usd/euro euros eur/rupee rupees inr/yen jpy/sterling gbp
current currently nowadays/former formerly previously originally
lead/backing backup rhythm
actor actress/character
company corporation firm/individual
playoff playoffs postseason/regular_season
daily/weekly/biweekly fortnightly/monthly/quarterly/yearly annual annually
weekday weekdays/weekend weekends
`;
