import { names } from './names.js';
import { describeGuard } from './test-guard.js';

describeGuard(names, {
  otherAnswer: [
    ['capital of france', 'capital of germany'],
    ['What is the capital of France?', 'what is the capital of germany'],
    ['Is Spotify available in India?', 'Is Netflix available in India?'],
    ['Who is Michael Jordan?', 'Who is Michael Jackson?'],
    ['How do I reset my password?', 'How do I reset my Gmail password?'],
    ['weather in new york', 'weather in new jersey'],
    ['Is Austria in the EU?', 'Is Australia in the EU?'],
    ['Explain getUser in auth.ts', 'Explain setUser in auth.ts'],
    ['What does the IMF do?', 'What does the WTO do?'],
    ['How do I list files in java?', 'How do I list files in javascript?'],
    ['Is ibuprofen safe while pregnant?', 'Is acetaminophen safe while pregnant?'],
    ['Does the Zorblax need oil?', 'Does the Quimper need oil?'],
    ['Can dogs eat grapes?', 'Can cats eat grapes?'],
  ],
  sameAnswer: [
    ['What is the capital of the UK?', 'What is the capital of the United Kingdom?'],
    ['Is NYC expensive?', 'Is New York City expensive?'],
    ['Does the U.S. tax foreign income?', 'Does America tax foreign income?'],
    ['what does the us export', 'What does the US export?'],
    ["Who is Donald Trump's wife?", "Who is Trump's wife?"],
    ['WHAT IS THE CAPITAL OF SPAIN', 'what is the capital of spain'],
    ['How To Cook Rice In A Cooker', 'how to cook rice in a cooker'],
    ['What is AI used for?', 'What is artificial intelligence used for?'],
    ['What does the United Nations do?', 'What does the UN do?'],
    ['How do I use YouTube?', 'How do I use you tube?'],
    ['Is the Indian economy growing?', 'Is the economy of India growing?'],
    ['How do I delete a Quora answer?', 'How does a Quoran delete an answer?'],
    ['Side effects of Tylenol', 'Side effects of paracetamol'],
    ['How do I read a file in JS?', 'How do I read a file in JavaScript?'],
    ['I live in Rome and need a Plumber', 'I live in Rome and need a plumber'],
    ['Wo ist der Bahnhof in Berlin?', 'In Berlin, wo ist der Bahnhof?'],
  ],
});
