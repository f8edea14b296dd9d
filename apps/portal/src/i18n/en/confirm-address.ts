export const confirmAddress = {
  title: 'Confirm an address',
  lead: 'Confirm that mail to this address reaches you.',
  button: 'Confirm the address',
  incomplete: 'This link is not whole. Copy all of it from the mail.',
  done: { title: 'Thank you', text: 'The address is confirmed for {{account}}.' },
  another: 'A new link is sent from the account’s contact information.',
} as const;
