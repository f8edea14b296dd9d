export const contactInformation = {
  title: 'Contact information',
  lead: 'Whom we tell, and when. A change is in force from the next event on.',
  required: 'Required',
  optional: 'Optional',
  address: 'Mail address',
  label: 'Label (optional)',
  addAddress: 'Add an address',
  remove: 'Remove',
  removeAddress: 'Remove address {{number}}',
  isBrandSupportAlias: 'This is our brand’s support alias',
  days: 'Days',
  opens: 'Opens',
  closes: 'Closes',
  timeZone: 'Time zone',
  useTimeZone: 'Did you mean {{zone}}?',
  addRange: 'Add hours',
  removeRange: 'Remove hours {{number}}',
  save: 'Save',
  unsaved: 'Your changes are not in force yet.',
  closedDate: 'Closed on {{number}}',
  addClosedDate: 'Add a closed date',
  removeClosedDate: 'Remove closed date {{number}}',
  range: 'Hours {{number}}',
  copying: {
    fills: 'Copy to the other days',
    fillsWhole: 'Copy to the other days: hours {{number}}',
    adds: 'Add to the other days too',
    addsWhole: 'Add to the other days too: hours {{number}}',
  },
  overMidnight: 'From {{opens}} over midnight until {{closes}} of the next day.',
  week: {
    closed: 'Closed',
    zone: 'This week, by your clock ({{zone}}).',
    openUntil: 'Open now, until {{time}}.',
    closedUntil: 'Closed now; opens {{time}}.',
    alwaysOpen: 'Open now, and always.',
    neverOpen: 'Never open.',
  },
  invite: {
    button: 'Invite someone',
    title: 'Invite someone',
    text: 'Whoever accepts becomes a user of this account, and can then be chosen here.',
    close: 'Close',
  },
  elsewhere: {
    badge: 'Production only',
    text: 'Alert contacts are told of problems found in production, so they are chosen there. Nothing is needed here.',
  },
  errors: {
    title_one: 'One thing keeps this from being saved',
    title_other: '{{count}} things keep this from being saved',
    noDay: 'Tick at least one day.',
    noTime: 'Write a time of day like 09:00.',
    tooMany: 'At most {{most}} fit here.',
  },
  conflict: {
    title: 'Somebody else has saved meanwhile',
    text: 'Nothing is lost. Choose for each field what is to stand, then save.',
    mine: 'Yours',
    theirs: 'Theirs, saved meanwhile',
    nothing: 'Nothing',
    save: 'Save what was chosen',
  },
  progress: '{{done}} of {{all}} required fields',
  saved: {
    inForce: 'Saved. In force from the next event on.',
    soon: 'Saved. In force within moments.',
    byOther: 'Somebody else has saved just that meanwhile. Nothing is left to save.',
  },
  discard: {
    button: 'Discard my changes',
    title: 'Discard your changes?',
    text: 'What you have changed here and not saved is gone. What is saved stays.',
    confirm: 'Discard',
  },
  noUser: {
    text: '{{who}} is no longer a user of this account, and is told nothing.',
    somebody: 'Somebody who was chosen here',
    takeOut: 'Take out',
    takeOutWho: 'Take out {{who}}',
  },
  fields: {
    alertContacts: {
      title: 'Alert contacts',
      explanation:
        'Portal users who can solve technical problems in production that are not urgent. They get the automated mails on problems found there, for example a feed that cannot be read.',
    },
    technicalEmergency: {
      title: 'Technical emergency',
      explanation:
        'Told at once in emergencies, for example when your integration is disabled. Best is an alias that pages whoever is on call.',
    },
    technicalNonEmergency: {
      title: 'Technical, non-emergency',
      explanation:
        'Continuing support that needs technical knowledge, for example API migrations and matching issues.',
    },
    merchantIssues: {
      title: 'Merchant issues',
      explanation:
        'Told when a merchant complains, or asks to be removed, for example because it has no business with you.',
    },
    operationalInternal: {
      title: 'Operational, for the platform',
      explanation:
        'For us only: escalations of users that need you, for example a booking that was not honoured.',
    },
    operationalShared: {
      title: 'Operational, to share with users',
      explanation:
        'Your brand’s default support alias. We give it to users for refunds, cancellations and changes.',
    },
    operationalSupport: {
      title: 'Support hours',
      explanation:
        'When the shared address is answered. Hours that close before they open run past midnight.',
    },
  },
  advice: {
    'use-page-alias': 'This looks like one person’s address. An alias reaches whoever is on call.',
    'use-support-alias': 'This does not look like your brand’s support alias, and users will get it.',
    'one-person-everywhere':
      'One person stands behind every field. When that person is away, nobody is told.',
    'internal-address-is-shared':
      'This address is shared with users too: what is meant for this field arrives among their mail.',
    'same-address-twice':
      'An address here stands in another field too. When one is not reached, the other is not either.',
    'repeated-address': 'An address stands here more than once. It gets one mail.',
    'address-bouncing': 'Mail to an address here comes back.',
    'address-stale': 'Nobody has confirmed an address here for a long time.',
    'never-tested': 'No mail was ever sent to an address here. Send a test mail.',
  },
} as const;
