import { describe, expect, test } from 'vitest';
import { numbers } from './numbers.js';
import { parsePromptWords } from './prompt-words.js';

/** The finding, checked to be the same whichever prompt came first. */
function check(a: string, b: string): string | undefined {
  const [first, second] = [parsePromptWords(a), parsePromptWords(b)];
  const found = numbers.check(first, second);
  expect(numbers.check(second, first) === undefined).toBe(found === undefined);
  return found;
}

describe('another answer', () => {
  test.each([
    ['How do I set the memory limit to 5 GB?', 'How do I set the memory limit to 5 MB?'],
    ['Is a 10% discount good?', 'Is a 10 discount good?'],
    ['What is new in API v2?', 'What is new in API v3?'],
    ['How do I install Python 3.10?', 'How do I install Python 3.11?'],
    ['How do I install Python 3.1?', 'How do I install Python 3.10?'],
    ['What is the second largest city in Peru?', 'What is the third largest city in Peru?'],
    ['How long do two eggs boil?', 'How long do three eggs boil?'],
    ['Can I get a refund after 30 days?', 'Can I get a refund after 30 hours?'],
    ['Is $50 a fair price?', 'Is €50 a fair price?'],
    ['Is 38 °C a fever?', 'Is 38 °F a fever?'],
    ['Can I take 200 mg of ibuprofen?', 'Can I take 200 mcg of ibuprofen?'],
    ['Who won World War I?', 'Who won World War II?'],
    ['Is type 1 diabetes curable?', 'Is type 2 diabetes curable?'],
    ['How do I open port 8080?', 'How do I open port 8081?'],
    ['How do I launch an EC2 instance?', 'How do I launch an EC3 instance?'],
    ['What happens on page 12?', 'What happens on page 21?'],
    ['Trains after 9 am', 'Trains after 9 pm'],
    ['Are there trains to Bath?', 'Are there 5 trains to Bath?'],
    ['Is 1.5 million enough to retire?', 'Is 1.5 billion enough to retire?'],
    ['What is in chapter IV?', 'What is in chapter VI?'],
  ])('%s | %s', (a, b) => {
    expect(check(a, b)).toBeDefined();
  });
});

describe('the same answer, as far as this rule can tell', () => {
  test.each([
    ['Is 1,000 steps a day enough?', 'Is 1000 steps a day enough?'],
    ['Is 1k steps a day enough?', 'Is 1000 steps a day enough?'],
    ['What is 10% of 50?', 'What is ten percent of fifty?'],
    ['Convert 5GB to bits', 'Convert 5 gigabytes to bits'],
    ['I have $50, what can I buy?', 'I have 50 dollars, what can I buy?'],
    ['What happens in season two?', 'What happens in season 2?'],
    ['What happens in the third season?', 'What happens in season 3?'],
    ['What caused World War II?', 'What caused World War 2?'],
    ['What caused WWII?', 'What caused World War 2?'],
    ['What is twenty-one squared?', 'What is 21 squared?'],
    ['Top 10 sights of Rome', 'Best sights of Rome'],
    ['Is the iPhone 15 waterproof?', 'Is the iPhone15 waterproof?'],
    ['I am 30, can I still learn to ski?', 'I am 30 years old, can I still learn to ski?'],
    ['Meet at 3 pm', 'Meet at 3:00 PM'],
    ['How many grams are in an ounce?', 'One ounce is how many grams?'],
    ['How do I use k8s?', 'How do I use Kubernetes?'],
    [
      'My router reboots every 3 hours and support is silent, what now?',
      'What to do about spontaneous router restarts?',
    ],
  ])('%s | %s', (a, b) => {
    expect(check(a, b)).toBeUndefined();
  });
});
