/**
 * What can be asked about a thing, and done with it: one line a topic, `/` between what has another
 * answer, blanks between words of one meaning, `_` inside a term of several words.
 */
export const predicateTable = `
cause causes causing caused/symptom symptoms sign signs/treatment treat treated treating cure cured cures remedy therapy/prevention prevent prevents preventing/diagnosis diagnose/side_effect side_effects/dosage dose/complication complications/prognosis life_expectancy survival_rate/risk_factor risk_factors/contagious infectious transmission spread transmitted/type types stages
cost costs price fee fees priced charge charges rate expense/requirement requirements require required eligibility eligible qualify qualification prerequisites/deadline due_date/duration last lasts/location address located/phone_number contact_number helpline telephone_number/opening_hours business_hours opening_times closing_time/process procedure steps/benefit benefits advantage advantages pros/drawback disadvantage disadvantages cons downside risk risks/history origin origins/color colour/weight/size dimensions
write wrote written writes author authored penned/sing sang sung sings singer performed/direct directed director directs/produce produced producer/compose composed composer/publish published publisher/illustrate illustrated illustrator/narrate narrated narrator/translate translated translator/star starred starring stars acted/edit edited editor/design designed designer
born birthplace birthday birth/died die death dies/married marry marries/buried burial/educated study studied graduate graduated
invented invent inventor invention/discovered discover discoverer discovery
population inhabitants/area land_area surface_area/capital/currency/language languages official_language/religion/president/prime_minister/flag/anthem/gdp/time_zone timezone/climate weather/dialing_code country_code/zip_code postal_code/area_code/elevation altitude
height tall/weight weigh weighs heavy/age old/salary earn earns/net_worth/nationality/birthday birth_date/wife/husband/education/religion/height/shoe_size/phone
temperature/humidity/pressure/density/volume/mass/velocity speed/acceleration/force/energy
speed/distance/time
area/perimeter circumference/volume/diameter/radius
mean average/median/mode/variance/standard_deviation/range
width/height/depth/length
latitude/longitude
melting_point melt/boiling_point boil/freezing_point freeze
protein/carbs carbohydrates/calories/fat/fiber fibre/sugar/sodium/vitamin vitamins/caffeine/alcohol
install installation installing setup set_up download/uninstall remove delete deletion/update upgrade/configure configuration/debug troubleshoot fix/test/deploy deployment/monitor/backup back_up/restore/migrate migration
create add/delete remove erase/rename/copy duplicate/move/sort/filter/merge/split/export/import/share/print/save/lock/encrypt/compress
reset recover/create/share/save
apply application/cancel cancellation/renew renewal/extend extension/track status/transfer/replace replacement/activate/reschedule/upgrade
sign_up register registration enroll/log_in login sign_in/unsubscribe opt_out/delete deactivate
buy purchase/sell/rent lease/insure/refinance/repair fix/clean/build/paint/recycle dispose
cook boil bake fry grill roast/freeze/thaw defrost/reheat/store/cut/clean/season/serve
plant sow/prune/water/fertilize/harvest/transplant
invest/withdraw/borrow/save/spend/donate
sue/settle/appeal/evict/arrest/pardon/convict
speak/listen/spell/translate
walk/drive/fly flight/bike/train/bus/ferry/taxi/swim
arrive arrival/depart departure/return
eat/drink/smoke/inject
definition define/example examples type types kind kinds/formula equation/proof prove/advantages benefits/disadvantages drawbacks/uses application applications/history/difference
capital/largest_city
president/vice_president/first_lady
win won winner/host hosted/lost loser runner_up/score scored scorer/qualify qualified/coach coached
founder founded/ceo/owner owns owned/headquarters headquartered/revenue/employees/stock_price/logo/slogan
pronunciation pronounce/spelling spell/synonym synonyms/antonym antonyms opposite/etymology origin/plural
syntax/example examples type types kind kinds/error errors/performance speed/security/license/version/documentation
lyrics/chords/tempo/release_date released/album
plot summary/cast/ending/sequel/soundtrack/budget/box_office/runtime
genre/author/setting/theme/publisher/length
visa/passport/vaccination vaccine/currency/weather/language/flights flight/hotel hotels/restaurants restaurant/attractions sights/embassy
breakfast/lunch/dinner/dessert/snack
flights flight/hotels hotel/car_rental rental_car/train trains
interest_rate/balance/credit_limit/minimum_payment/fee/statement/routing_number/account_number
deductible/premium/copay/coverage
salary/bonus/pension/vacation holiday/sick_leave/overtime/maternity_leave
cpu processor/memory ram/disk storage/network bandwidth/gpu
latency/throughput/uptime
unit_test unit_tests/integration_test integration_tests/load_test
cover cover_letter/resume cv/recommendation_letter/thank_you_note/resignation_letter
summary summarize summarise/translation translate/outline/rewrite paraphrase/critique/proofread
poem/song/essay/email/letter/speech/joke/tweet
introduction/conclusion/abstract
recipe/calories/substitute/pairing
effect effects/mechanism/half_life/interaction interactions/overdose/withdrawal/dosage dose/contraindications/storage
adopt adoption/abort abortion
habitat/diet/lifespan/predators/reproduction
`;
