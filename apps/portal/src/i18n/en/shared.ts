export const shared = {
  tryAgain: 'Try again',
  loading: 'One moment…',
  cancel: 'Cancel',
  offline: 'You are offline. Nothing can be loaded or saved until the connection is back.',
  list: {
    more: 'Load more',
    shown_one: 'One is shown; there are more.',
    shown_other: '{{count}} are shown; there are more.',
    all: 'All {{count}} are shown.',
    tooMany: 'The first {{count}} are shown, and there are more. Narrow the list to find the others.',
  },
  environment: { label: 'Environment', sandbox: 'Sandbox', production: 'Production' },
} as const;
