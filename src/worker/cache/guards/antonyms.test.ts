import { describe, expect, test } from 'vitest';
import { antonyms } from './antonyms.js';
import { parsePromptWords } from './prompt-words.js';

/** The finding, checked to be the same whichever prompt came first. */
function check(a: string, b: string): string | undefined {
  const [first, second] = [parsePromptWords(a), parsePromptWords(b)];
  const found = antonyms.check(first, second);
  expect(antonyms.check(second, first) === undefined).toBe(found === undefined);
  return found;
}

describe('another answer', () => {
  test.each([
    ['How do I accept a merge request?', 'How do I reject a merge request?'],
    ['Is it legal to import knives?', 'Is it legal to export knives?'],
    ['Is recording calls legal?', 'Is recording calls illegal?'],
    ['How do I enable two-factor login?', 'How do I disable two-factor login?'],
    ['How do I allow traffic on port 443?', 'How do I block traffic on port 443?'],
    ['Allow inbound traffic', 'Allow outbound traffic'],
    ['How do I encrypt a file?', 'How do I decrypt a file?'],
    ['Decreasing the replica count', 'How to increase the replica count'],
    ['What is the highest point of Peru?', 'What is the lowest point of Peru?'],
    ['How is gross income calculated?', 'How is net income calculated?'],
    ['What is the treatment for hypertension?', 'What is the treatment for hypotension?'],
    ['Is acute bronchitis contagious?', 'Is chronic bronchitis contagious?'],
    ['Is the tumor benign?', 'Is the tumor malignant?'],
    ['Oral dose of vancomycin', 'Intravenous dose of vancomycin'],
    ['Rights of a landlord', 'Rights of a tenant'],
    ['Duties of the lessor', 'Duties of the lessee'],
    ['Burden of proof for the plaintiff', 'Burden of proof for the defendant'],
    ['How are short-term gains taxed?', 'How are long-term gains taxed?'],
    ['How do I turn the dark mode on?', 'How do I turn the dark mode off?'],
    ['How do I log in to my account?', 'How do I log out of my account?'],
    ['What if the price goes up?', 'What if the price goes down?'],
    ['Is the knife useful?', 'Is the knife useless?'],
    ['Who wrote Dune?', 'Who directed Dune?'],
    ['When was he born?', 'When did he die?'],
    ['Do I eat before the test?', 'Do I eat after the test?'],
    ['Set the font color to red', 'Set the font color to blue'],
  ])('%s | %s', (a, b) => {
    expect(check(a, b)).toBeDefined();
  });
});

describe('the same answer, as far as this rule can tell', () => {
  test.each([
    ['Treatment for high blood pressure', 'How is hypertension treated?'],
    ['I forgot my password', "I can't remember my password"],
    ['Pros and cons of renting', 'Advantages and disadvantages of renting'],
    ['How do I raise my credit score?', 'How do I increase my credit score?'],
    ['Is it safe to buy or sell online?', 'Is it safe to sell or buy online?'],
    ['How do I delete my account?', 'How do I remove my account?'],
    ['What is the maximum file size?', 'What is the largest file size?'],
    ['Who invented the telephone?', 'Who was the inventor of the telephone?'],
    ['How do I cancel an order?', 'How do I stop an order?'],
  ])('%s | %s', (a, b) => {
    expect(check(a, b)).toBeUndefined();
  });
});
