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
    'operator-alarm': {
      words: 'Alarm',
      about: '{{alarm}} ({{count}})',
      title: '{{alarm}}: {{count}} since {{since}}',
      paragraphs: ['{{meaning}}'],
      action: null,
      otherwise:
        'All of them, with what became of each event, are in GET /v1/alarms at {{portal}}; why somebody was told or not is in GET /v1/events/<event>.',
    },
  },
  alarms: {
    'unknown-account': {
      about: 'Events for accounts that nobody knows',
      meaning:
        'No partner was told, since no account has this name. Look at what sends these events, above all at the label that names the account.',
    },
    'contacts-may-be-stale': {
      about: 'Decided with contacts that may be stale',
      meaning:
        'Neither Kafka nor the contact registry could say whether a change of the contact information had just been made. Who was told may have left.',
    },
    'fell-back': {
      about: 'Others were told in place of the contacts',
      meaning:
        'Those who answer for these events were not there, were not reached or did not answer in time, so the next in the chain were told as well.',
    },
    'chain-exhausted': {
      about: 'Nobody was reached',
      meaning: 'No mail server took a mail for anybody in the chain. Nobody knows of these events but you.',
    },
  },
  alarmedEvent: '{{account}} ({{environment}}), {{kind}}{{title}}, event {{id}}{{toldNow}}',
  alarmedTitle: ' “{{title}}”',
  toldNow: {
    alertContacts: '; now told: alert contacts',
    technicalEmergency: '; now told: technical emergency',
    technicalNonEmergency: '; now told: technical, non-emergency',
    merchantIssues: '; now told: merchant issues',
    operationalInternal: '; now told: operational, for the platform',
    accountOwner: '; now told: the account’s owner',
    operators: '; now told: the operators',
  },
  moreAlarms: 'and {{more}} more',
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
