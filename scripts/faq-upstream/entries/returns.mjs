/** @type {readonly import('../choose-entry.mjs').FaqEntry[]} */
export const returnsEntries = [
  {
    id: 'return-window',
    question: 'How long do I have to return an item?',
    phrasings: [
      'How many days do I have to return an item?',
      'How long do I have to return something?',
      'Until when can I still send back what I bought?',
      'What is your return policy?',
      'What is your return window?',
    ],
    answer:
      'You have 30 days from the day of delivery to return an item to Northwind Outdoor. It must be unworn and in its original packaging. In November and December the window is extended to 31 January.',
  },
  {
    id: 'returnable-items',
    question: 'Which items can be returned?',
    phrasings: ['What items can be returned?', 'Which products can I return?'],
    answer:
      'Clothing, footwear, packs, tents and electronics can be returned if they are unused and have their tags. Opened tents may be returned as long as they have not been pitched outdoors. Each return needs the order number.',
  },
  {
    id: 'non-returnable-items',
    question: 'Which items cannot be returned?',
    phrasings: ['Which items can not be returned?', "Which products can't I return?"],
    answer:
      'Gas canisters, water filters that have been opened, underwear and gift cards cannot be returned. Made-to-measure items are excluded as well. Faulty items of any kind are covered by the warranty instead.',
  },
  {
    id: 'return-start',
    question: 'How do I start a return?',
    phrasings: [
      'How can I start a return?',
      'How do I begin a return?',
      'I want to send an order back, what is the first step?',
    ],
    answer:
      'Open "My orders", choose the order and press "Return items". You get a label by email, and you can drop the parcel at any pickup point. Returns are free within the country.',
  },
  {
    id: 'refund-time',
    question: 'How long does a refund take?',
    phrasings: [
      'How long do refunds take?',
      'How long does it take to get a refund?',
      'When will the money be back on my card after a return?',
    ],
    answer:
      'We refund within 3 working days after your parcel reaches our warehouse. Your bank may need another 2 to 5 days to show it. You get an email as soon as we have sent the money.',
  },
  {
    id: 'refund-to-exchange',
    question: 'How do I change my return from a refund to an exchange?',
    phrasings: ['How can I change my return from a refund to an exchange?'],
    answer:
      'Open the return in "My orders" and choose "Exchange instead" before the parcel reaches us. Pick the new size or colour, and we reserve it for 10 days. If the new item costs more, you pay the difference at that point.',
  },
  {
    id: 'exchange-to-refund',
    question: 'How do I change my return from an exchange to a refund?',
    phrasings: ['How can I change my return from an exchange to a refund?'],
    answer:
      'Open the exchange in "My orders" and press "Refund instead" before the replacement ships. We release the reserved item and pay the money back the way you paid. Once the replacement is on its way, please return that one.',
  },
  {
    id: 'tent-warranty-2022',
    question: 'How long is the warranty on tents bought in 2022?',
    phrasings: ['How long is the warranty for tents purchased in 2022?'],
    answer:
      'Tents bought in 2022 have a warranty of 2 years from the date of purchase. It has therefore ended by now. Our workshop still repairs them at cost price.',
  },
  {
    id: 'tent-warranty-2024',
    question: 'How long is the warranty on tents bought in 2024?',
    phrasings: ['What is the warranty on tents bought in 2024?'],
    answer:
      'Tents bought in 2024 have a warranty of 5 years from the date of purchase. It covers seams, poles and zips. Keep your receipt or the order email as proof.',
  },
];
