export const invitation = {
  title: 'An invitation to Signalbox',
  lead: 'Somebody gives you access to their account. Accepting signs you in as well.',
  button: 'Accept the invitation',
  incomplete: 'This link is not whole. Copy all of it from the mail.',
  another: 'Ask whoever invited you to send the invitation again. If you have access already, sign in.',
  signIn: 'Sign in',
} as const;
