/** @type {readonly import('../choose-entry.mjs').FaqEntry[]} */
export const factsEntries = [
  {
    id: 'capital-australia',
    question: 'What is the capital of Australia?',
    phrasings: [
      'Which city is the capital of Australia?',
      "What's the capital of Australia?",
      'From what city is Australia governed?',
    ],
    answer:
      'The capital of Australia is Canberra. It was chosen in 1908 as a compromise between Sydney and Melbourne.',
  },
  {
    id: 'capital-austria',
    question: 'What is the capital of Austria?',
    phrasings: ["What's the capital of Austria?", 'Which city is the capital of Austria?'],
    answer:
      'The capital of Austria is Vienna. It lies on the Danube and is also the largest city of the country.',
  },
  {
    id: 'world-cup-2018',
    question: 'Who won the FIFA World Cup in 2018?',
    phrasings: ['Which country won the FIFA World Cup in 2018?'],
    answer: 'France won the 2018 FIFA World Cup. They beat Croatia 4-2 in the final in Moscow.',
  },
  {
    id: 'world-cup-2022',
    question: 'Who won the FIFA World Cup in 2022?',
    phrasings: ['Which country won the FIFA World Cup in 2022?'],
    answer:
      'Argentina won the 2022 FIFA World Cup. The final against France in Lusail ended 3-3 and was decided 4-2 on penalties.',
  },
  {
    id: 'speed-of-light-km',
    question: 'What is the speed of light in kilometres per second?',
    phrasings: ['How fast is light in kilometres per second?'],
    answer:
      'In vacuum light travels at 299,792.458 kilometres per second. The value is exact, because the metre is defined by it.',
  },
  {
    id: 'speed-of-light-miles',
    question: 'What is the speed of light in miles per second?',
    phrasings: ['How fast is light in miles per second?'],
    answer:
      'In vacuum light travels at about 186,282 miles per second. At that speed it goes around the Earth more than seven times in a second.',
  },
  {
    id: 'largest-planet',
    question: 'What is the largest planet in the solar system?',
    phrasings: ['Which is the largest planet in the solar system?'],
    answer:
      'Jupiter is the largest planet in the solar system. Its diameter is about eleven times that of the Earth.',
  },
  {
    id: 'smallest-planet',
    question: 'What is the smallest planet in the solar system?',
    phrasings: ['Which is the smallest planet in the solar system?'],
    answer:
      'Mercury is the smallest planet in the solar system. With a diameter of about 4,880 kilometres it is smaller than the moons Ganymede and Titan.',
  },
  {
    id: 'km-to-miles',
    question: 'How do I convert from kilometres to miles?',
    phrasings: ['How can I convert from kilometres to miles?'],
    answer:
      'Multiply the kilometres by 0.6214 to get miles. For a quick guess, take five eighths: 80 kilometres are about 50 miles.',
  },
  {
    id: 'miles-to-km',
    question: 'How do I convert from miles to kilometres?',
    phrasings: ['How can I convert from miles to kilometres?'],
    answer:
      'Multiply the miles by 1.6093 to get kilometres. For a quick guess, take eight fifths: 50 miles are about 80 kilometres.',
  },
  {
    id: 'boiling-point',
    question: 'What is the boiling point of water at sea level?',
    phrasings: [
      'At what temperature does water boil at sea level?',
      'What temperature does water boil at by the sea?',
    ],
    answer:
      'At sea level water boils at 100 °C, which is 212 °F. It boils about 1 °C sooner for every 300 metres that you climb.',
  },
  {
    id: 'pride-and-prejudice',
    question: 'Who wrote Pride and Prejudice?',
    phrasings: [
      'Who is the author of Pride and Prejudice?',
      'Which novelist do we owe Pride and Prejudice to?',
    ],
    answer:
      'Jane Austen wrote Pride and Prejudice. It was published in 1813, without her name on the title page.',
  },
  {
    id: 'mount-everest',
    question: 'How high is Mount Everest?',
    phrasings: ['How tall is Mount Everest?', 'What is the height of Mount Everest?'],
    answer:
      'Mount Everest is 8,849 metres high. China and Nepal agreed on that figure after surveying it anew in 2020.',
  },
];
