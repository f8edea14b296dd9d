import { DateTime } from 'luxon';
import {
  contactFields,
  type ContactField,
  type ContactInformation,
  type Referral,
  type ShownInstant,
} from '@signalbox/contracts';
import { isOpen, nextTurns } from '../hours/index.js';
import { ruleOf, type fieldRules } from './contact-policy.js';

/** The fields that the policy lets third parties see. */
type ShareableField = {
  [F in ContactField]: (typeof fieldRules)[F]['audience'] extends 'shareable' ? F : never;
}[ContactField];

/** What of the contact information may be handed on. It has no internal field, so nothing made of it can tell one. */
export type Shareable = Pick<ContactInformation, ShareableField>;

/** Leaves out whatever the policy calls internal. */
export function shareableOf(information: ContactInformation): Shareable {
  const fields = contactFields.filter((field) => ruleOf(field).audience === 'shareable');
  return Object.fromEntries(fields.map((field) => [field, information[field]]));
}

/**
 * Whom a user is sent to, and whether anybody is there.
 * @param callerZone the zone in which whoever asks reads times, or none.
 */
export function refer(
  { operationalShared, operationalSupport }: Shareable,
  instant: Date,
  callerZone?: string,
): Omit<Referral, 'account'> {
  const contact = operationalShared === undefined ? null : contactOf(operationalShared);
  const hours = operationalSupport;
  const [first] = hours?.hours ?? [];
  if (hours === undefined || first === undefined) {
    return { contact, openNow: null, nextOpening: null, nextClosing: null };
  }
  const shown = (turn: Date | null) => (turn === null ? null : shownIn(turn, first.timeZone, callerZone));
  const { opening, closing } = nextTurns(hours, instant);
  return {
    contact,
    openNow: isOpen(hours, instant),
    nextOpening: shown(opening),
    nextClosing: shown(closing),
  };
}

/** Without the confirmation, which is between the platform and the partner. */
const contactOf = ({ email, label }: NonNullable<Shareable['operationalShared']>) => ({
  email,
  ...(label !== undefined && { label }),
});

function shownIn(instant: Date, accountZone: string, callerZone: string | undefined): ShownInstant {
  const local = (timeZone: string) => ({ at: rfc3339(instant, timeZone), timeZone });
  return {
    utc: rfc3339(instant, 'UTC'),
    account: local(accountZone),
    ...(callerZone !== undefined && { caller: local(callerZone) }),
  };
}

function rfc3339(instant: Date, zone: string): string {
  return DateTime.fromJSDate(instant, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}
