import { negation } from './negation.js';
import { describeGuard } from './test-guard.js';

describeGuard(negation, {
  otherAnswer: [
    ['Why is my pod running?', 'Why is my pod not running?'],
    ['Why did my payment go through?', "Why didn't my payment go through?"],
    ['Hotels with breakfast in Madrid', 'Hotels without breakfast in Madrid'],
    ['Is it okay to never floss?', 'Is it okay to floss?'],
    ['Is the server available?', 'Is the server unavailable?'],
    ['Explain supervised learning', 'Explain unsupervised learning'],
    ['How do I connect my headset?', 'How do I disconnect my headset?'],
    ['List countries in the EU', 'List countries not in the EU'],
    ['Who can vote?', 'Who cannot vote?'],
    ['How to get wet', 'How to avoid getting wet'],
    ['Log errors only', 'Log everything except errors'],
    ['Why do planes stay in the air?', "Why don't planes stay in the air?"],
    ['Write a letter, include my address', "Write a letter, don't include my address"],
  ],
  sameAnswer: [
    ["Isn't it too late to apply?", 'Is it too late to apply?'],
    ["It is too late to apply, isn't it?", 'Is it too late to apply?'],
    ["Can't I return an opened item?", 'Can I return an opened item?'],
    ["Why don't you tell me how to bake bread?", 'Tell me how to bake bread'],
    ["I don't know how to bake bread, how is it done?", 'How do I bake bread?'],
    ['Do I need a visa or not?', 'Do I need a visa?'],
    ['The service is not available', 'The service is unavailable'],
    ['My pod does not start', 'My pod fails to start'],
    ["My order hasn't arrived", 'My order is missing'],
    ['How do I not be shy?', 'How do I stop being shy?'],
    ['How can I unlock the door?', 'How can I open the door?'],
    ['It is not only for kids, who else uses it?', 'It is for kids, who else uses it?'],
    ['There is no doubt it is good, but what does it cost?', 'It is good, but what does it cost?'],
    ['What is the input format?', 'What is the put format?'],
    [
      'What does a fleshy part of my hand hurting mean?',
      'My hand hurts in the fleshy part. I did not fall. What does it mean?',
    ],
  ],
});
