/** A portal user of a demo account; alert contacts are users, never free addresses. */
export interface DemoUser {
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly role: 'admin' | 'member';
}

export interface DemoAccount {
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly integrationType: string;
    readonly locale: string;
    readonly owner: string;
  };
  readonly users: readonly DemoUser[];
  /** Everything but `alertContacts`, which are all of the users above; undefined leaves the account empty and unlaunched. */
  readonly contacts: Readonly<Record<string, unknown>> | undefined;
}

const addresses = (...emails: string[]) => ({ addresses: emails.map((email) => ({ email })) });
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** The accounts that a first start makes. `npm run demo` states what is to happen in these terms. */
export const demoAccounts = [
  {
    account: {
      id: 'acme-tours',
      name: 'Acme Tours',
      integrationType: 'things-to-do',
      locale: 'pt-BR',
      owner: 'partnerships@signalbox.example',
    },
    users: [{ email: 'ana@acme-tours.example', name: 'Ana Souza', language: 'pt-BR', role: 'admin' }],
    contacts: {
      technicalEmergency: addresses('page@acme-tours.example'),
      technicalNonEmergency: addresses('dev@acme-tours.example'),
      operationalInternal: addresses('ops@acme-tours.example'),
      operationalShared: { email: 'ajuda@acme-tours.example', isBrandSupportAlias: true },
      operationalSupport: {
        hours: [{ days: weekdays, opens: '09:00', closes: '18:00', timeZone: 'America/Sao_Paulo' }],
      },
    },
  },
  {
    account: {
      id: 'bistro-uno',
      name: 'Bistró Uno',
      integrationType: 'reservations',
      locale: 'es',
      owner: 'partnerships@signalbox.example',
    },
    users: [{ email: 'lucia@bistro-uno.example', name: 'Lucía Pérez', language: 'es', role: 'admin' }],
    contacts: {
      technicalEmergency: addresses('guardia@bistro-uno.example'),
      technicalNonEmergency: addresses('sistemas@bistro-uno.example'),
      merchantIssues: addresses('comercios@bistro-uno.example'),
      operationalInternal: addresses('operaciones@bistro-uno.example'),
      operationalShared: { email: 'ayuda@bistro-uno.example', isBrandSupportAlias: true },
      operationalSupport: {
        hours: [
          { days: weekdays, opens: '09:00', closes: '14:00', timeZone: 'Europe/Madrid' },
          { days: ['fri', 'sat'], opens: '20:00', closes: '01:00', timeZone: 'Europe/Madrid' },
        ],
      },
    },
  },
  {
    account: {
      id: 'nova-stays',
      name: 'Nova Stays',
      integrationType: 'reservations',
      locale: 'en',
      owner: 'partnerships@signalbox.example',
    },
    users: [{ email: 'noah@nova-stays.example', name: 'Noah Meyer', language: 'en', role: 'admin' }],
    contacts: undefined,
  },
] as const satisfies readonly DemoAccount[];
