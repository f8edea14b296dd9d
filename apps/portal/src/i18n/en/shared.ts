export const shared = {
  tryAgain: 'Try again',
  loading: 'One moment…',
  environment: { label: 'Environment', sandbox: 'Sandbox', production: 'Production' },
} as const;
