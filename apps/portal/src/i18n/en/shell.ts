export const shell = {
  skip: 'Skip to the content',
  menu: 'Menu',
  navigation: 'Pages',
  configuration: 'Configuration',
  account: 'Account',
  pages: {
    overview: 'Overview',
    signIn: 'Sign in',
    invitation: 'Invitation',
    confirmAddress: 'Confirm an address',
  },
  language: 'Language',
  colors: { label: 'Colours', auto: 'As the device', light: 'Light', dark: 'Dark' },
  support: 'Contact support',
  help: 'Getting help',
  signOut: 'Sign out',
  staff: {
    title: 'Nothing here for platform staff yet',
    text: 'You are signed in as {{email}}. The portal’s pages are for partners; everything that operators do is in the API.',
    api: 'Open the API’s page',
  },
  notFound: {
    title: 'There is no such page',
    text: 'The address may be incomplete, or out of date.',
    home: 'Go to the overview',
  },
} as const;
