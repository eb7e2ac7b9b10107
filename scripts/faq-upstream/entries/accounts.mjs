/** @type {readonly import('../choose-entry.mjs').FaqEntry[]} */
export const accountsEntries = [
  {
    id: 'notifications-on',
    question: 'How do I turn on email notifications?',
    phrasings: [
      'How can I turn on email notifications?',
      'How do I switch on email notifications?',
    ],
    answer:
      'Go to "Account", then "Notifications", and turn the email switch on. Choose whether you want order updates, offers or both. Changes apply at once.',
  },
  {
    id: 'notifications-off',
    question: 'How do I turn off email notifications?',
    phrasings: [
      'How can I turn off email notifications?',
      'How do I switch off email notifications?',
    ],
    answer:
      'Go to "Account", then "Notifications", and turn the email switch off. You can also press "Unsubscribe" at the foot of any email. Messages about a running order are still sent.',
  },
  {
    id: 'two-step-enable',
    question: 'How do I enable two-step sign-in?',
    phrasings: ['How can I enable two-step sign-in?'],
    answer:
      'Open "Account", then "Security", and press "Add a second step". Scan the code with an authenticator app and type in the six digits. Store the recovery codes somewhere safe.',
  },
  {
    id: 'two-step-disable',
    question: 'How do I disable two-step sign-in?',
    phrasings: ['How can I disable two-step sign-in?'],
    answer:
      'Open "Account", then "Security", and press "Remove second step". You confirm it with your password and a current code. We email you whenever it is removed.',
  },
  {
    id: 'password-reset',
    question: 'How do I reset my password?',
    phrasings: [
      'How can I reset my password?',
      'How do I reset a forgotten password?',
      'I cannot remember my password any more, what should I do?',
    ],
    answer:
      'Press "Forgot password" on the sign-in page and type in your email address. The link that we send works for 30 minutes. If it does not arrive, look in your spam folder first.',
  },
  {
    id: 'account-delete',
    question: 'How do I delete my account?',
    phrasings: [
      'How can I delete my account?',
      'How do I delete my customer account?',
      'Please tell me how to get rid of my account for good',
    ],
    answer:
      'Open "Account", then "Privacy", and press "Delete account". We remove your data within 14 days. Invoices are kept for as long as the law asks for.',
  },
  {
    id: 'data-export',
    question: 'How do I download a copy of my data?',
    phrasings: ['How can I export my data?'],
    answer:
      'Open "Account", then "Privacy", and press "Request a copy". You get a link to a ZIP file within 24 hours. The link works for 7 days.',
  },
  {
    id: 'points-100',
    question: 'How much are 100 loyalty points worth?',
    phrasings: ['What are 100 loyalty points worth?'],
    answer:
      '100 loyalty points are worth a discount of 5. You can use them at checkout on anything but gift cards.',
  },
  {
    id: 'points-500',
    question: 'How much are 500 loyalty points worth?',
    phrasings: ['What are 500 loyalty points worth?'],
    answer:
      '500 loyalty points are worth a discount of 30, because larger amounts earn a bonus. You can use them at checkout on anything but gift cards.',
  },
  {
    id: 'payment-accepted',
    question: 'Which payment methods do you accept?',
    phrasings: [
      'What payment methods do you accept?',
      'Which payment methods are accepted?',
      'In what ways may I pay at your checkout?',
    ],
    answer:
      'We accept credit and debit cards, bank transfer, invoice and gift cards. Invoice is available from your second order on. Your card is charged when the parcel leaves us.',
  },
  {
    id: 'payment-not-accepted',
    question: 'Which payment methods do you not accept?',
    phrasings: ['What payment methods do you not accept?'],
    answer:
      'We do not accept cheques, cash on delivery or cryptocurrencies. Gift cards of other shops cannot be used either.',
  },
  {
    id: 'gift-card-to-account',
    question: 'How do I move money from a gift card to my account?',
    phrasings: ['How can I move money from a gift card to my account?'],
    answer:
      'Open "Wallet" and press "Redeem a gift card", then type in its 16 digits. The amount is in your account at once. The card is empty afterwards and cannot be used again.',
  },
  {
    id: 'account-to-gift-card',
    question: 'How do I move money from my account to a gift card?',
    phrasings: ['How can I move money from my account to a gift card?'],
    answer:
      'Open "Wallet" and press "Give as a gift card". Choose an amount from 10 to 250, and we email you the card as a PDF. What you move this way cannot be paid out.',
  },
];
