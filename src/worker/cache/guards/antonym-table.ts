/**
 * Words that exclude each other: one line a topic, `/` between sides, blanks between words of one
 * side, `_` inside a term of several words. A word that is common in another sense (`right`, `back`,
 * `like`) is left out. Opposites by prefix are in `opposite-affixes.ts`, single pairs of everyday
 * English in `wordnet-table.ts`.
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
more/less fewer
big large bigger larger huge/small smaller tiny little
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
arrival arrive arriving land landing/departure depart departing leave takeoff
inbound incoming ingress/outbound outgoing egress
male men man boy masculine/female women woman girl feminine
refund/charge payment
login log_in signin sign_in log_on/logout log_out signout sign_out log_off sign_off/signup sign_up register
turn_on switch_on power_on/turn_off switch_off power_off
check_in checkin/check_out checkout
clock_in/clock_out
zoom_in/zoom_out
subscribe subscription/unsubscribe
follow/unfollow
upgrade/downgrade
promote promotion/demote demotion
merge combine join/split separate divide
gross/net
bull bullish/bear bearish
domestic national/international foreign abroad overseas
acute/chronic
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
income revenue/expense expenditure
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
success succeed successful successfully pass/failure fail failed unsuccessful
win winner winning victory/lose loser losing defeat loss
advantage advantageous benefit pro pros strength merit/disadvantage drawback downside con cons weakness demerit risk
positive/negative neutral
love/hate
dry/wet
clean/dirty
full/empty
smart intelligent/stupid dumb
beautiful pretty handsome/ugly
true/false
alive living/dead
birth born/death die died
day daytime/night nighttime
morning/afternoon/evening night midnight/noon
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
input/output
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
mitosis/meiosis
renewable/nonrenewable
gain gained gaining/lose lost losing loss
find found/lose lost
remember/forget
borrowed/lent
inhale/exhale
pregnant/postpartum
summer/winter/spring/autumn fall
january/february/march/april/june/july/august/september/october/november/december
one_way oneway single_trip/round_trip roundtrip return_trip
carry_on cabin_baggage hand_luggage/checked checked_baggage hold_luggage
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
junior/senior
theist theism religious/atheist atheism
democrat democrats democratic/republican republicans
liberal left_wing/conservative right_wing
capitalism capitalist/communism communist/socialism socialist
civilian/military
war/peace
friend/enemy
optimist optimistic/pessimist pessimistic
introvert introverted/extrovert extroverted
vegan/vegetarian/carnivore
herbivore/carnivore/omnivore
major/minor
singular/plural
noun/verb/adjective/adverb
comedy/tragedy
heaven/hell
god/devil
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
insomnia/hypersomnia
hypertension high_blood_pressure/hypotension low_blood_pressure
red/blue/green/yellow/black/white/purple/orange/brown/pink/grey gray
mass/weight
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
generous/stingy
genuine authentic/fake counterfeit
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
departing departure outbound/returning return
hostel/hotel
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
rainy/dry
bold/italic/underline
the_beginning the_start/the_middle/the_end
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
company corporation firm/individual
playoff playoffs postseason/regular_season
daily/weekly/biweekly fortnightly/monthly/quarterly/yearly annual annually
weekday weekdays/weekend weekends
old older/new newer young younger
long longer/short shorter
cheap cheaper inexpensive affordable/expensive costly luxury pricier
fast faster quick quicker/slow slower
easy easier/hard harder difficult tough
hot hotter warm warmer heat heating/cold colder cool cooler freeze freezing cooling
strong stronger strengthen/weak weaker weaken
heavy heavier/light lighter
thick thicker/thin thinner
wide wider broad/narrow narrower
deep deeper/shallow
rich richer wealthy/poor poorer
high higher/low lower
brighter brighten/darker darken dimmer
louder/quieter
earlier sooner/later
nearer closer near close_to/farther further far_from
tighter tighten/looser loosen
thicken/thin_out
lengthen/shorten
enlarge/shrink
expand/shrink
read reader/write writer
male masculine guy/female feminine
man men gentleman/woman women lady ladies
boy boys/girl girls
window_seat window_seats/aisle_seat aisle_seats
attack attacking offense offensive/defend defending defense defensive defence
hidden hide collapse minimize/shown unhide expand maximize restore
undo/redo
check/uncheck
select/deselect unselect
enqueue/dequeue
push/pop
serialize marshal/deserialize unmarshal parse
sign_up opt_in enroll subscribe/opt_out unsubscribe unenroll
pin/unpin
upvote/downvote
block/unblock
ban/unban
pack/unpack
load/unload
plug_in/unplug
dock/undock
pair/unpair
link/unlink
bind/unbind
wrap/unwrap
fold/unfold
enable activate turn_on switch_on/disable deactivate turn_off switch_off
start_up boot/shut_down power_off
scale_up scale_out upscale/scale_down scale_in downscale
front_end frontend client_side/back_end backend server_side
vertical_scaling scale_vertically/horizontal_scaling scale_horizontally
blue_green/canary/rolling
master/slave/worker
leader/follower
readonly read_only/writable read_write
foreground/background
local localhost on_premise on_prem/remote cloud hosted
private/public/hybrid
symmetric/asymmetric
sequential serial/parallel concurrent
blocking/nonblocking
eager/lazy
shallow_copy/deep_copy
pass_by_value/pass_by_reference
little_endian/big_endian
signed/unsigned
rational/irrational
linear/nonlinear
supervised/unsupervised
overfitting overfit/underfitting underfit
precision/recall
training_set train/test_set validation
encoder/decoder
hard_link/soft_link symlink
compile_time/runtime
long_position going_long/short_position going_short short_selling
buy_order/sell_order
market_order/limit_order/stop_order
call_option calls/put_option puts
pre_tax before_tax pretax/after_tax post_tax
tax_deductible deductible/non_deductible
nominal/real
fixed_rate/adjustable_rate variable_rate
secured/unsecured
hawkish/dovish
accounts_payable payable/accounts_receivable receivable
debit_card/credit_card
refinance/default
overpay overpayment/underpay underpayment
overcharge/undercharge
overvalued/undervalued
profit profitable/loss unprofitable
raise_rates rate_hike rate_hikes/cut_rates rate_cut rate_cuts
checking_account/savings_account
single/joint jointly/separately
guilty/innocent not_guilty
sole_custody/joint_custody
legal_custody/physical_custody
testate/intestate
revocable/irrevocable
voluntary/involuntary
exempt/nonexempt non_exempt
full_time/part_time
onsite in_office/remote from_home hybrid
employed/unemployed/self_employed
departure departures/arrival arrivals
one_way/round_trip return_ticket
direct_flight nonstop non_stop/connecting_flight layover
economy/business_class/first_class
refundable/nonrefundable non_refundable
early_check_in/late_check_out
carry_on hand_luggage/checked_bag checked_baggage checked_luggage
high_season peak_season/low_season off_season
northbound/southbound
eastbound/westbound
hyperglycemia high_blood_sugar/hypoglycemia low_blood_sugar
hyperthyroidism overactive_thyroid/hypothyroidism underactive_thyroid
tachycardia fast_heartbeat/bradycardia slow_heartbeat
constipation constipated/diarrhea diarrhoea
dilate dilated dilation/constrict constricted constriction
benign noncancerous/malignant cancerous
contagious infectious/noninfectious
prescription/over_the_counter otc
oral orally by_mouth/intravenous iv intravenously/topical topically/intramuscular/subcutaneous
prenatal before_birth/postnatal postpartum after_birth
antenatal/postnatal
gain_weight weight_gain put_on_weight/lose_weight weight_loss
upper/lower
sensory/motor
afferent/efferent
artery arteries/vein veins
sympathetic/parasympathetic
type_a/type_b/type_ab/type_o
osteoarthritis/rheumatoid
ischemic/hemorrhagic
hot_compress warm_compress/cold_compress ice
aerobic/anaerobic
soluble/insoluble
saturated/unsaturated
exothermic/endothermic
oxidize oxidation/reduce reduction
eukaryotic eukaryote/prokaryotic prokaryote
perigee/apogee
perihelion/aphelion
waxing/waning
solstice/equinox
lunar/solar
stalactite/stalagmite
clockwise/counterclockwise anticlockwise
latter/former
annual/perennial/biennial
deciduous/evergreen
domesticated/wild
herbivorous/carnivorous/omnivorous
gluten_free/gluten
sweetened/unsweetened
salted/unsalted
decaf decaffeinated/caffeinated
whole_milk/skim_milk/almond_milk/oat_milk
white_rice/brown_rice
red_wine/white_wine
black_tea/green_tea
ripe/unripe
leash/unleash
past_tense/present_tense/future_tense
active_voice/passive_voice
first_person/second_person/third_person
fiction/nonfiction non_fiction
hardcover/paperback/ebook/audiobook
dubbed/subtitled
sequel/prequel
home_game home/away_game away
singles/doubles
promoted/relegated demoted
batting/bowling
northern_hemisphere/southern_hemisphere
first_half/second_half
front/back rear
landline/mobile cell
two_door/four_door
petrol gasoline/diesel/electric/hybrid
front_wheel/rear_wheel/all_wheel four_wheel
new/used second_hand refurbished
left_handed/right_handed
nearsighted nearsightedness myopia/farsighted farsightedness hyperopia
straight/gay/bisexual
married/unmarried/divorced
monogamy/polygamy
extraordinary/ordinary
majority/minority
strengths/weaknesses
problem/solution
take_off remove/put_on wear
turn_up/turn_down
speed_up/slow_down
warm_up/cool_down
wake_up/fall_asleep
increase_brightness/decrease_brightness
before_meals empty_stomach before_eating/after_meals with_food after_eating
`;

/** Opposites that may be two ways to ask one thing: `is it safe`, `is it dangerous`. */
export const possibleAntonyms = `
safe safest safely/dangerous unsafe
good/bad
mass/massless
dry/sweet
hard/soft
`;
