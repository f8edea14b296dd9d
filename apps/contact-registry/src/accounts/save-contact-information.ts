import {
  ContactInformation,
  contactFields,
  inputErrors,
  mailboxOf,
  type ContactField,
  type Environment,
  type InputError,
} from '@signalbox/contracts';
import { checkContactInformation, checkNamedFields, existsIn } from '@signalbox/domain';
import type { AccountDocument } from './account-document.js';
import type { Asker } from './asker.js';
import { informationIn } from './information-in.js';
import type { ChangeAccount, Decided, Outcome } from './change-account.js';
import { changesOf } from './changes-of.js';
import { isObject, mergePatch } from './merge-patch.js';

export interface SaveRequest {
  readonly account: string;
  readonly environment: Environment;
  /** `replace` is PUT, `merge` is PATCH (RFC 7396). */
  readonly mode: 'replace' | 'merge';
  /** As it came; what is wrong with it is answered all at once. */
  readonly body: unknown;
  /** Whether the caller knows the account at this revision (If-Match). */
  readonly matches: (revision: number) => boolean;
  readonly asker: Asker;
}

export type SaveRefusal =
  | { readonly kind: 'stale'; readonly revision: number }
  | { readonly kind: 'invalid'; readonly errors: readonly InputError[] };

/** Replaces or patches the seven fields of an account, as they stand in one environment. */
export class SaveContactInformation {
  constructor(private readonly accounts: Pick<ChangeAccount, 'execute'>) {}

  execute(request: SaveRequest): Promise<Outcome<SaveRefusal>> {
    return this.accounts.execute(request.account, (current) => decide(request, current));
  }
}

function decide(request: SaveRequest, current: AccountDocument): Decided<SaveRefusal> {
  const { environment, asker } = request;
  if (!request.matches(current.revision)) {
    return { kind: 'refused', why: { kind: 'stale', revision: current.revision } };
  }
  const { information, errors } = check(request, current);
  if (errors.length > 0) return { kind: 'refused', why: { kind: 'invalid', errors } };

  const whole = { ...elsewhereOnly(environment, current.information), ...information };
  const set = { information: whole };
  if (changesOf(current, set).length === 0) return { kind: 'unchanged' };
  return { kind: 'change', change: { set, what: 'contact-information', asker } };
}

/** What of the information the environment does not know, and so a save there leaves as it is. */
function elsewhereOnly(environment: Environment, information: ContactInformation): ContactInformation {
  const fields = Object.entries(information) as [ContactField, unknown][];
  return Object.fromEntries(fields.filter(([field]) => !existsIn(environment, field)));
}

function check({ environment, mode, body }: SaveRequest, current: AccountDocument) {
  const stored = informationIn(environment, current.information);
  const wanted = mode === 'merge' ? confirmedAnew(mergePatch(stored, body), stored, body) : body;
  const shape = readShape(wanted);
  const { integrationType, launched, users } = current;
  const facts = { integrationType, launched, userIds: users.map(({ id }) => id) };
  const named = isObject(body) ? checkNamedFields(Object.keys(body), environment) : [];
  // A field that cannot be read has one error already; that it is missing would be a second for the same mistake.
  const policy = checkContactInformation(shape.information, facts, environment).filter(
    ({ pointer }) => !shape.unreadable.has(pointer),
  );
  return { information: shape.information, errors: onePerPlace([...named, ...shape.errors, ...policy]) };
}

/** That an address is the brand's support alias was said of the address that stood there, and of no other. */
function confirmedAnew(merged: unknown, stored: ContactInformation, patch: unknown): unknown {
  const shared = isObject(merged) ? merged.operationalShared : undefined;
  if (!isObject(merged) || !isObject(shared) || stored.operationalShared === undefined) return merged;
  const said = isObject(patch) && isObject(patch.operationalShared) ? patch.operationalShared : {};
  const isSame =
    typeof shared.email !== 'string' || mailboxOf(shared.email) === mailboxOf(stored.operationalShared.email);
  if (isSame || Object.hasOwn(said, 'isBrandSupportAlias')) return merged;
  const { isBrandSupportAlias: _, ...unconfirmed } = shared;
  return { ...merged, operationalShared: unconfirmed };
}

/** Reads field by field, so that one that cannot be read does not hide what is wrong with the others. */
function readShape(wanted: unknown) {
  const whole = ContactInformation.safeParse(wanted, { reportInput: true });
  if (whole.success) return { information: whole.data, errors: [], unreadable: new Set<string>() };
  const { issues } = whole.error;
  const given = isObject(wanted) ? wanted : {};
  const broken = new Set(issues.map(({ path }) => path[0]));
  const readable = contactFields.filter((field) => Object.hasOwn(given, field) && !broken.has(field));
  const information = ContactInformation.parse(
    Object.fromEntries(readable.map((field) => [field, given[field]])),
  );
  // A body that is no object at all leaves nothing to be said about its fields.
  const unreadable = isObject(wanted) ? [...broken] : contactFields;
  return {
    information,
    errors: inputErrors(issues),
    unreadable: new Set(unreadable.map((field) => `/${String(field)}`)),
  };
}

const onePerPlace = (errors: readonly InputError[]): InputError[] => [
  ...new Map(errors.map((error) => [`${error.pointer} ${error.code}`, error])).values(),
];
