import type { AccountMailTexts } from '../account-mail-texts.js';

export const en: AccountMailTexts = {
  language: 'en',
  kinds: {
    'sign-in-link': {
      words: 'Sign-in link',
      about: '{{account}}',
      title: 'Sign in to Signalbox',
      paragraphs: ['Somebody entered this address at {{portal}} to sign in.'],
      action: 'Sign in',
      otherwise: 'If you did not ask for this, ignore it: without the link nobody gets in.',
    },
    invitation: {
      words: 'Invitation',
      about: '{{account}}',
      title: 'Invitation to {{account}}',
      paragraphs: [
        '{{by}} invites you to the contact information of {{account}} in Signalbox, as {{role}}.',
        'It says who is told when something happens to the integration of {{account}}, and you can change it there.',
      ],
      action: 'Accept the invitation',
      otherwise: 'If you do not know {{account}}, ignore this: nothing happens without the link.',
    },
    'address-confirmation': {
      words: 'Address confirmation',
      about: '{{account}}',
      title: 'Confirm your address',
      paragraphs: [
        '{{by}} entered this address under “{{field}}” in the contact information of {{account}}.',
        '{{purpose}}',
        'Please confirm that mail to this address is read. It is told whether it is confirmed or not.',
      ],
      action: 'Confirm this address',
      otherwise: 'If this is not about you, do not confirm it, and let {{account}} know.',
    },
    'test-mail': {
      words: 'Test mail',
      about: '{{field}}, {{account}}',
      title: 'This is a test: nothing has happened',
      paragraphs: [
        '{{by}} asked for it, to see whether mail reaches who stands under “{{field}}” in the contact information of {{account}}.',
        '{{purpose}}',
      ],
      action: null,
      otherwise: 'You need not do anything.',
    },
  },
  fields: {
    alertContacts: {
      name: 'Alert contacts',
      purpose: 'Who stands there is told when monitoring finds a problem in production.',
    },
    technicalEmergency: {
      name: 'Technical emergency',
      purpose: 'Who stands there is told in emergencies, for example when the integration is disabled.',
    },
    technicalNonEmergency: {
      name: 'Technical, non-emergency',
      purpose:
        'Who stands there is told of what needs technical knowledge and can wait, for example a migration.',
    },
    merchantIssues: {
      name: 'Merchant issues',
      purpose: 'Who stands there is told when a merchant complains or asks to be removed.',
    },
    operationalInternal: {
      name: 'Operational, for the platform',
      purpose:
        'Who stands there is told when a user needs the partner, for example for a booking that was not honoured.',
    },
    operationalShared: {
      name: 'Operational, to share with users',
      purpose: 'It is given to users who need support, for example for a refund.',
    },
  },
  roles: { admin: 'administrator', member: 'member' },
  somebody: 'Somebody at {{account}}',
  noAccount: 'Signalbox',
  holds: 'The link works once, until {{until}}.',
  footer: 'Signalbox sends this mail by itself. Nobody reads what is answered to it.',
};
