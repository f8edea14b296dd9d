export const gate = {
  title: 'Before you go on',
  lead: 'Tell us whom to reach when something happens to your integration. Whatever you fill in is for the whole account, and one person suffices: if somebody else knows better, give them access under Users.',
  contactInformation: 'Contact information',
  users: 'Users',
  opened: {
    title: 'Everything required is there',
    text: 'From the next event on the right people are told. What comes next:',
    check: 'See that mail arrives: confirm the addresses and send a test mail',
    invite: 'Give colleagues access',
    launch:
      'We launch your account once the integration is checked; until then nothing is missing on your side.',
    close: 'Close',
  },
} as const;
