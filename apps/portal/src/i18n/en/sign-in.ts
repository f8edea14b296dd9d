export const signIn = {
  title: 'Sign in',
  lead: 'No password: we mail you a link that signs you in.',
  email: 'Your mail address',
  send: 'Send me a link',
  sent: {
    title: 'Look in your inbox',
    text: 'If {{email}} has access, a link is on its way. It works once, for 15 minutes.',
    limit:
      'Only a few links are sent to one address in {{minutes}} minutes, whoever asks. If none comes, use an earlier one, or wait that long.',
    again: 'Send another link',
  },
  mailbox: { text: 'Mails of this stack go nowhere else:', open: 'open its mailbox' },
  link: {
    lead: 'One more step, so that only a person signs in and no mail scanner.',
    button: 'Sign in',
    another: 'You can have another link sent.',
  },
} as const;
