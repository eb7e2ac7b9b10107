/**
 * Parties that stand opposite each other: one line a topic, `/` between sides, blanks between the
 * names of one side, `_` inside a name. What one may do, the other one may not.
 */
export const roleTable = `
landlord lessor proprietor/tenant renter lessee subtenant roommate
employer boss manager supervisor/employee worker staff subordinate/contractor freelancer self_employed/intern apprentice trainee
buyer purchaser homebuyer home_buyer/seller vendor home_seller/agent broker realtor
lender creditor/borrower debtor/guarantor cosigner co_signer
doctor physician/patient/nurse/pharmacist/dentist/surgeon
plaintiff claimant complainant prosecutor prosecution/defendant defence_lawyer defense_lawyer defense_attorney accused/witness/judge/juror jury
victim/perpetrator offender suspect/witness/bystander
lawyer attorney/client
teacher instructor professor tutor/student pupil learner
parent father mother dad mom mum/child son daughter kid
husband/wife
husband wife/boyfriend girlfriend
brother/sister
grandparent grandfather grandmother grandma grandpa/grandchild grandson granddaughter
father dad/mother mom mum
boyfriend/girlfriend
son/daughter
uncle/aunt
nephew/niece
sender/receiver recipient
payer/payee
donor giver/recipient beneficiary donee
insurer insurance_company underwriter/policyholder insured policy_holder
host/guest
driver motorist/passenger/pedestrian/cyclist
pilot/passenger/flight_attendant
coach trainer/player athlete/referee umpire
actor/actress/director/screenwriter/producer
author writer/editor/publisher/reader/illustrator
singer vocalist/songwriter lyricist/guitarist/drummer/composer
founder/ceo chief_executive/chairman chairwoman/cfo/cto/coo
president/vice_president/prime_minister/chancellor
governor/mayor/senator/congressman representative
king/queen/prince/princess
owner/renter tenant
homeowner/renter
franchisor/franchisee
licensor/licensee
mortgagor/mortgagee
assignor/assignee
trustee/beneficiary/grantor settlor
executor administrator/heir beneficiary
shareholder stockholder/bondholder/director
principal/agent
supplier vendor manufacturer/customer consumer/distributor/retailer/wholesaler
admin administrator/user guest viewer/moderator/editor/owner
publisher/subscriber
producer/consumer
client/server
caller/callee
leader/follower
primary/replica standby
attacker hacker/defender
interviewer recruiter/interviewee candidate applicant
examiner/examinee
mentor/mentee
adult/child minor kid infant newborn baby toddler/teenager teen adolescent/senior elderly
resident/nonresident non_resident
citizen/immigrant noncitizen foreigner/tourist visitor
predator/prey
winner/loser runner_up
hero protagonist/villain antagonist
undergraduate undergrad bachelor/graduate postgraduate master/doctoral phd doctorate
freshman/sophomore/junior/senior
veteran/recruit
majority/minority
ancestor/descendant
prisoner inmate/guard warden
bride/groom
waiter waitress/chef cook/bartender
`;
