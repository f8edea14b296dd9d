import { contactFields, integrationTypes, type ContactField } from '@signalbox/contracts';

const names = ['Bistró', 'Hôtel', 'Tours', 'Museo', 'Cafè', 'Marina', 'Parador', 'Trattoria'];
const places = ['Norte', 'Uno', 'del Mar', 'Alto', 'Central', 'Vecchio', 'Grande', 'Lisboa'];

/** Account `n` as a line of an import; two in three are complete and launched, the others lack one field each. */
export function madeAccount(n: number): string {
  const id = `partner-${String(n).padStart(6, '0')}`;
  const type = integrationTypes[n % integrationTypes.length] ?? 'ordering';
  const one = (mailbox: string) => ({ addresses: [{ email: `${mailbox}@${id}.example` }] });
  const all: Record<ContactField, unknown> = {
    alertContacts: { emails: [`admin@${id}.example`] },
    technicalEmergency: one('page'),
    technicalNonEmergency: one('dev'),
    merchantIssues: one('merchants'),
    operationalInternal: one('ops'),
    operationalShared: { email: `help@${id}.example`, isBrandSupportAlias: true },
    operationalSupport: {
      hours: [{ days: ['mon', 'tue'], opens: '09:00', closes: '18:00', timeZone: 'Europe/Madrid' }],
    },
  };
  const left = n % 3 === 0 ? contactFields[(n / 3) % contactFields.length] : undefined;
  const fields = contactFields.filter(
    (field) => field !== left && !(field === 'merchantIssues' && type === 'things-to-do'),
  );
  return JSON.stringify({
    account: {
      id,
      name: `${names[n % names.length] ?? ''} ${places[(n * 7) % places.length] ?? ''} ${n}`,
      integrationType: type,
    },
    users: [{ email: `admin@${id}.example`, role: 'admin' }],
    contacts: Object.fromEntries(fields.map((field) => [field, all[field]])),
    launch: left === undefined,
  });
}
