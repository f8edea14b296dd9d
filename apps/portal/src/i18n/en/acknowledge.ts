export const acknowledge = {
  title: 'An emergency',
  incomplete: 'This link is not whole. Copy all of it from the mail.',
  lead: 'Are you on it? Say so, and nobody else is brought in. Opening this page alone changes nothing.',
  name: 'Your name',
  nameWhy: 'The mail went to several people; the others see who is on it.',
  button: 'I am on it',
  done: {
    title: 'Thank you',
    text: 'It is recorded that you are on it. Nobody else is brought in; mails already on their way still arrive.',
  },
  first: { title: 'Somebody is on it already', text: '{{by}} said so at {{at}}.' },
} as const;
