import { dates } from './dates.js';
import { describeGuard } from './test-guard.js';

describeGuard(dates, {
  otherAnswer: [
    ['Tax brackets for 2023', 'Tax brackets for 2024'],
    ['Who won the cup in 2018?', 'Who won the cup?'],
    ['Hotels in Madrid on March 5', 'Hotels in Madrid on March 6'],
    ['Hotels in Madrid on March 5', 'Hotels in Madrid on May 5'],
    ['Meeting on Monday', 'Meeting on Tuesday'],
    ['Weather in Paris tomorrow', 'Weather in Paris today'],
    ['Who won last year?', 'Who won this year?'],
    ['Will rates rise next month?', 'Will rates rise next year?'],
    ['Music of the 1980s', 'Music of the 1990s'],
    ['Art of the 18th century', 'Art of the 19th century'],
    ['Flights on 2024-03-05', 'Flights on 2024-03-06'],
    ['Holidays in April', 'Holidays in June'],
  ],
  certain: [
    ['Tax brackets for 2023', 'Tax brackets for 2024'],
    ['Is the museum open on Monday?', 'Is the museum open on Tuesday?'],
    ['Hotels in Madrid on March 5', 'Hotels in Madrid on March 6'],
    ['What happened in the 1980s?', 'What happened in the 1990s?'],
    ['Will rates rise next month?', 'Will rates rise next year?'],
  ],
  uncertain: [
    ['Best books for C++ in 2016', 'Best books for C++'],
    [
      'On Tuesday I smoked and my drug test is due, will I pass the urine test?',
      'My court appointment is next Wednesday, does a judge look at blood results of meth?',
    ],
  ],
  sameAnswer: [
    ['Events on 2024-03-05', 'Events on March 5, 2024'],
    ['Events on 5 March 2024', 'Events on March 5th, 2024'],
    ['Events on the 5th of March', 'Events on March 5'],
    ['How is Rome in May?', 'How is Rome during May?'],
    ['May I bring a dog?', 'Can I bring a dog?'],
    ['Who is the best striker this year?', 'Who is the best striker?'],
    ['Trains on Mondays', 'Trains on Monday'],
    ['Is 2000 rupees a lot?', 'Is 2000 rupees a high price?'],
    ['How do I march in step?', 'How does one walk in step?'],
    ['Headphones under 2000', 'Headphones under 2 thousand'],
    ['What do you regret of your 20s?', "What do you regret of your 20's?"],
  ],
});
