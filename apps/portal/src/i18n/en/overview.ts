export const overview = {
  title: 'Overview',
  ready: { title: 'Ready', text: 'Everything required is there: the right people are told.' },
  notReady: {
    title: 'Not ready',
    text_one: 'One required field is empty.',
    text_other: '{{count}} required fields are empty.',
  },
} as const;
