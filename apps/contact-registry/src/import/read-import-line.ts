import {
  AccountId,
  ImportLine,
  inputErrors,
  jsonPointer,
  type AccountChange,
  type InputError,
} from '@signalbox/contracts';
import { isObject } from '../accounts/merge-patch.js';

export interface ReadImportLine {
  /** The account that the line names, as far as it can be read. */
  readonly account: string | null;
  /** The line without its parts that cannot be read; undefined when nothing can be said about the others without those. */
  readonly line?: { readonly parsed: ImportLine; readonly facts: AccountChange };
  /** What cannot be read. With any of them the line is not to be taken, whatever the rest of it comes to. */
  readonly errors: readonly InputError[];
  /** Whether a place is wrong only because of what could not be read, and would be a second error for the same mistake. */
  readonly isTold: (pointer: string) => boolean;
}

/**
 * Reads a line part by part, as a save reads its body field by field: one that cannot be read hides nothing that is wrong
 * with the others.
 * @param given a line of an import, as it came.
 */
export function readImportLine(given: unknown): ReadImportLine {
  const account = namedIn(given);
  const whole = ImportLine.safeParse(given, { reportInput: true });
  if (whole.success) {
    const line = { parsed: whole.data, facts: givenFacts(given, whole.data) };
    return { account, line, errors: [], isTold: () => false };
  }
  const errors = inputErrors(whole.error.issues);
  const broken = new Set(errors.map(({ pointer }) => partOf(pointer)));
  const readable = withNameAtLeast(without(given, broken));
  const { data: parsed } = ImportLine.safeParse(readable);
  const line = parsed && { parsed, facts: givenFacts(readable, parsed) };
  return { account, ...(line && { line }), errors, isTold: isToldBy(broken) };
}

/** What stands or falls by itself: a fact of the account, a user, a field of the contacts. */
const partOf = (pointer: string): string => pointer.split('/').slice(0, 3).join('/');

/** A user who cannot be read may be the one whom the alert contacts name. */
function isToldBy(broken: ReadonlySet<string>): ReadImportLine['isTold'] {
  const areUsersBroken = [...broken].some((part) => `${part}/`.startsWith('/users/'));
  return (pointer) =>
    broken.has('/contacts') ||
    broken.has(partOf(pointer)) ||
    (areUsersBroken && partOf(pointer) === '/contacts/alertContacts');
}

function without(given: unknown, broken: ReadonlySet<string>): unknown {
  const keep = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.filter((_, place) => !broken.has(`${at}/${place}`));
    if (!isObject(value)) return value;
    // From entries, because assigning a member named __proto__ would not make one.
    return Object.fromEntries(
      Object.entries(value).filter(([name]) => !broken.has(at + jsonPointer([name]))),
    );
  };
  const line = keep(given, '');
  if (!isObject(line)) return line;
  return Object.fromEntries(
    Object.entries(line).map(([name, part]) => [name, keep(part, jsonPointer([name]))]),
  );
}

/** Nothing else of a line depends on the account's name, so one that cannot be read is no reason to say nothing of them. */
function withNameAtLeast(line: unknown): unknown {
  if (!isObject(line) || !isObject(line.account)) return line;
  return { ...line, account: { name: 'unread', ...line.account } };
}

/** What a line says itself of its account: a default is for accounts that are made, and changes none that is there. */
function givenFacts(given: unknown, { account: { id: _, ...facts } }: ImportLine): AccountChange {
  const account = isObject(given) && isObject(given.account) ? given.account : {};
  return Object.fromEntries(Object.entries(facts).filter(([fact]) => Object.hasOwn(account, fact)));
}

function namedIn(given: unknown): string | null {
  const account = isObject(given) && isObject(given.account) ? given.account.id : undefined;
  return AccountId.safeParse(account).data ?? null;
}
