/** One event of the demo and what is to come of it, said in the terms of the demo accounts and never asked of the router. */
export interface DemoEvent {
  readonly event: Readonly<Record<string, unknown>> & {
    readonly kind: string;
    readonly account: string;
    readonly environment: 'production' | 'sandbox';
    readonly title: string;
  };
  /** Who gets a mail, with which subject; empty when nobody is to be told. */
  readonly expected: readonly { readonly recipient: string; readonly subject: string }[];
}

/** One event of each kind, and one from the sandbox about which nobody is told. */
export const firstEvents = [
  {
    event: {
      kind: 'production-incident',
      account: 'acme-tours',
      environment: 'production',
      title: 'Error rate above 5 %',
      severity: 'critical',
      status: 'firing',
    },
    expected: [
      {
        recipient: 'ana@acme-tours.example',
        subject: 'Production incident: Acme Tours: Error rate above 5 %',
      },
    ],
  },
  {
    event: {
      kind: 'production-incident',
      account: 'acme-tours',
      environment: 'sandbox',
      title: 'Error rate above 5 %',
      severity: 'critical',
      status: 'firing',
    },
    expected: [],
  },
  {
    event: {
      kind: 'emergency',
      account: 'acme-tours',
      environment: 'production',
      title: 'Integration disabled',
      impact: 'No booking reaches you until it is enabled again.',
    },
    expected: [
      { recipient: 'page@acme-tours.example', subject: 'Emergency: Acme Tours: Integration disabled' },
    ],
  },
  {
    event: {
      kind: 'migration-notice',
      account: 'acme-tours',
      environment: 'production',
      title: 'Availability API v2 ends',
      deadline: '2027-03-31T00:00:00Z',
    },
    expected: [
      {
        recipient: 'dev@acme-tours.example',
        subject: 'Migration notice: Acme Tours: Availability API v2 ends',
      },
    ],
  },
  {
    event: {
      kind: 'matching-issue',
      account: 'bistro-uno',
      environment: 'production',
      title: 'Three restaurants do not match',
    },
    expected: [
      {
        recipient: 'sistemas@bistro-uno.example',
        subject: 'Matching issue: Bistró Uno: Three restaurants do not match',
      },
    ],
  },
  {
    event: {
      kind: 'merchant-complaint',
      account: 'bistro-uno',
      environment: 'production',
      title: 'Wrong opening hours are shown',
      merchantName: 'Casa Botín',
    },
    expected: [
      {
        recipient: 'comercios@bistro-uno.example',
        subject: 'Merchant complaint: Bistró Uno: Wrong opening hours are shown',
      },
    ],
  },
  {
    event: {
      kind: 'removal-request',
      account: 'bistro-uno',
      environment: 'production',
      title: 'Remove Casa Botín',
      merchantName: 'Casa Botín',
    },
    expected: [
      {
        recipient: 'comercios@bistro-uno.example',
        subject: 'Removal request: Bistró Uno: Remove Casa Botín',
      },
    ],
  },
  {
    event: {
      kind: 'user-escalation',
      account: 'acme-tours',
      environment: 'production',
      title: 'A booking was not honoured',
      reservationReference: 'R-1007',
    },
    expected: [
      {
        recipient: 'ops@acme-tours.example',
        subject: 'User escalation: Acme Tours: A booking was not honoured',
      },
    ],
  },
] as const satisfies readonly DemoEvent[];

/** The contact that is changed between the first events and the next one, and put back at the end. */
export const changedContact = {
  account: 'acme-tours',
  field: 'technicalEmergency',
  from: 'page@acme-tours.example',
  to: 'nightshift@acme-tours.example',
} as const;

/** The same emergency once more: after the change it goes to the new address alone. */
export const eventsAfterTheChange = [
  {
    event: {
      kind: 'emergency',
      account: 'acme-tours',
      environment: 'production',
      title: 'Integration disabled again',
    },
    expected: [
      {
        recipient: 'nightshift@acme-tours.example',
        subject: 'Emergency: Acme Tours: Integration disabled again',
      },
    ],
  },
] as const satisfies readonly DemoEvent[];
