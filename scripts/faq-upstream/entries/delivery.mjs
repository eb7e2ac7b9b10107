/** @type {readonly import('../choose-entry.mjs').FaqEntry[]} */
export const deliveryEntries = [
  {
    id: 'standard-delivery',
    question: 'How long does standard delivery take?',
    phrasings: [
      'How many days does standard delivery take?',
      'How long will standard delivery take?',
      'With the normal shipping option, when would my parcel be here?',
    ],
    answer:
      'Standard delivery takes 3 to 5 working days. Orders placed before noon leave the warehouse on the same day. Large items such as canoes take 2 days longer.',
  },
  {
    id: 'express-delivery',
    question: 'How long does express delivery take?',
    phrasings: ['How many days does express delivery take?'],
    answer:
      'Express delivery arrives on the next working day if you order before 14:00. It costs 9.90 on top of the order. It is not offered for gas canisters or bulky items.',
  },
  {
    id: 'parcel-5-kg',
    question: 'How much does it cost to ship a 5 kg parcel?',
    phrasings: [
      'What does it cost to ship a 5 kg parcel?',
      'How much is it to ship a 5 kg parcel?',
      'What would I pay to have five kilograms sent to me?',
    ],
    answer:
      'Shipping a 5 kg parcel costs 6.90 within the country. The price includes tracking and insurance up to 500.',
  },
  {
    id: 'parcel-20-kg',
    question: 'How much does it cost to ship a 20 kg parcel?',
    phrasings: ['What does it cost to ship a 20 kg parcel?'],
    answer:
      'Shipping a 20 kg parcel costs 14.90 within the country. Anything over 25 kg goes by freight, and we agree on a delivery day with you by phone.',
  },
  {
    id: 'parcel-5-lb',
    question: 'How much does it cost to ship a 5 lb parcel?',
    phrasings: ['What does it cost to ship a 5 lb parcel?'],
    answer:
      'A 5 lb parcel weighs about 2.3 kg and costs 4.90 to ship within the country. The price includes tracking and insurance up to 500.',
  },
  {
    id: 'ship-norway',
    question: 'Do you ship to Norway?',
    phrasings: [
      'Do you deliver to Norway?',
      'Can you ship to Norway?',
      'I live in Norway, may I order from your shop?',
    ],
    answer:
      'Yes, we ship to Norway for 14.90. Delivery takes 4 to 7 working days. Norwegian VAT is included in the price at checkout, so there is nothing to pay at the door.',
  },
  {
    id: 'ship-canada',
    question: 'Do you ship to Canada?',
    phrasings: ['Do you deliver to Canada?', 'Can you ship to Canada?'],
    answer:
      'No, we do not ship to Canada yet. Our partner Maple Trail in Toronto stocks most of our tents and packs.',
  },
  {
    id: 'free-delivery',
    question: 'From what order value is delivery free?',
    phrasings: ['Is there free delivery?', 'How much must I spend for free delivery?'],
    answer:
      'Standard delivery is free from an order value of 75 within the country. Sale items count, gift cards do not.',
  },
  {
    id: 'track-order',
    question: 'How can I track my order?',
    phrasings: [
      'How do I track my order?',
      'How can I track my package?',
      'Where do I see what place my delivery has got to?',
    ],
    answer:
      'Open "My orders" and press "Track". The same link is in the email that we send when the parcel leaves our warehouse. Tracking shows its first scan after a few hours.',
  },
  {
    id: 'lost-parcel',
    question: 'What should I do if my parcel never arrives?',
    phrasings: ['What happens if my parcel gets lost?', 'My package has not arrived'],
    answer:
      'Tell us if there has been no tracking update for 5 working days. We start a search with the carrier and send a replacement or a refund within a week, as you prefer.',
  },
  {
    id: 'opening-time-saturday',
    question: 'What time do you open on Saturday?',
    phrasings: ['When do you open on Saturday?'],
    answer: 'We open at 10:00 on Saturday. The workshop counter opens an hour later, at 11:00.',
  },
  {
    id: 'closing-time-saturday',
    question: 'What time do you close on Saturday?',
    phrasings: ['When do you close on Saturday?'],
    answer: 'We close at 18:00 on Saturday. Please come to the workshop counter before 17:00.',
  },
];
