/** @type {readonly import('../choose-entry.mjs').FaqEntry[]} */
export const productsEntries = [
  {
    id: 'tent-2-people',
    question: 'Which tent do you recommend for 2 people?',
    phrasings: [
      'What tent do you recommend for 2 people?',
      'Which tent would you recommend for 2 people?',
    ],
    answer:
      'For 2 people we recommend the Ridge 2. It weighs 1.6 kg, has two entrances and stands up to wind well. The Ridge 2 Light saves 400 g and has one entrance.',
  },
  {
    id: 'tent-4-people',
    question: 'Which tent do you recommend for 4 people?',
    phrasings: ['What tent do you recommend for 4 people?'],
    answer:
      'For 4 people we recommend the Meadow 4. It has two bedrooms and a porch that you can stand up in, and weighs 7.2 kg.',
  },
  {
    id: 'sleeping-bag-0-c',
    question: 'Which sleeping bag is warm enough for 0 °C?',
    phrasings: ['What sleeping bag is warm enough for 0 °C?'],
    answer:
      'The Larch sleeping bag is comfortable at 0 °C and weighs 980 g. If you feel the cold, add the silk liner for about 4 °C more.',
  },
  {
    id: 'sleeping-bag-0-f',
    question: 'Which sleeping bag is warm enough for 0 °F?',
    phrasings: ['What sleeping bag is warm enough for 0 °F?'],
    answer:
      '0 °F is about -18 °C, so you need the Spruce Expedition sleeping bag. It is filled with 900 g of down and weighs 1.5 kg.',
  },
  {
    id: 'jackets-waterproof',
    question: 'Which of your jackets are waterproof?',
    phrasings: ['What jackets of yours are waterproof?', 'Which jackets are waterproof?'],
    answer:
      'The Drizzle, Fjord and Summit jackets are waterproof, with taped seams. The Summit also breathes best and suits long climbs.',
  },
  {
    id: 'jackets-not-waterproof',
    question: 'Which of your jackets are not waterproof?',
    phrasings: ['Which jackets are not waterproof?'],
    answer:
      'The Heath fleece, the Breeze wind jacket and the Ember down jacket are not waterproof. They shed a light shower for a few minutes at most.',
  },
  {
    id: 'catalogue-2023',
    question: 'What was new in the 2023 catalogue?',
    phrasings: ['What was new in your 2023 catalogue?'],
    answer:
      'The 2023 catalogue brought the Ridge tents and the first Fjord jacket. It was also the last one that we printed.',
  },
  {
    id: 'catalogue-2024',
    question: 'What was new in the 2024 catalogue?',
    phrasings: ['What was new in your 2024 catalogue?'],
    answer:
      'The 2024 catalogue brought the Meadow family tents, the Spruce Expedition sleeping bag and repair kits for every zip. It is online only.',
  },
  {
    id: 'wash-down-jacket',
    question: 'How do I wash a down jacket?',
    phrasings: [
      'How should I wash a down jacket?',
      'How can I wash my down jacket?',
      'My puffy feather coat is dirty, how should I clean it?',
    ],
    answer:
      'Wash a down jacket at 30 °C on a gentle cycle with down detergent, and never with softener. Tumble it dry on low heat with two tennis balls until no lumps are left.',
  },
  {
    id: 'wash-rain-jacket',
    question: 'How do I wash a rain jacket?',
    phrasings: ['How should I wash a rain jacket?'],
    answer:
      'Close all zips and wash a rain jacket at 40 °C with a cleaner for membranes. Rinse it twice, then iron it on low to wake up the water repellent. Renew the coating once or twice a year.',
  },
];
