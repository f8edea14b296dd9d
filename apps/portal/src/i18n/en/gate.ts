export const gate = {
  title: 'Before you go on',
  lead: 'Tell us whom to reach when something happens to your integration. Whatever you fill in is for the whole account, and one person suffices: if somebody else knows better, give them access under Users.',
  contactInformation: 'Contact information',
  users: 'Users',
} as const;
