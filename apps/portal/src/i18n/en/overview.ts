export const overview = {
  title: 'Overview',
  lead: 'Whether you can be reached, who would be told now, and what happened last.',
  ready: { title: 'Ready', text: 'Everything required is there: the right people are told.' },
  notReady: {
    title: 'Not ready',
    text_one: 'One required field is empty:',
    text_other: '{{count}} required fields are empty:',
    fill: 'Fill them in',
  },
  advice: { title: 'What would be better', change: 'Change the contact information' },
  who: {
    title: 'Who is told when…',
    text: 'As it would be decided right now, from the contacts in force.',
    nobody: 'Nobody',
    failed: 'Cannot be told right now.',
  },
  when: {
    'production-incident': 'Monitoring finds a problem in production: prices are out of date, for example.',
    emergency: 'It cannot wait: your integration was disabled, for example.',
    'migration-notice': 'An API changes or goes away.',
    'matching-issue': 'Part of your inventory cannot be matched.',
    'merchant-complaint': 'A merchant complains about how you present it.',
    'removal-request': 'A merchant asks to be removed.',
    'user-escalation': 'A user needs you: a booking was not honoured, for example.',
  },
  last: { title: 'What happened last', all: 'All events', none: 'Nothing has happened yet.' },
} as const;
