import type { ContactInformation } from '@signalbox/contracts';
import { useEffect, useState } from 'react';
import { useWatch, type UseFormReturn } from 'react-hook-form';
import { useAccount } from '../../shell/use-account.js';
import { toDraft, type ContactDraft } from './draft.js';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.js';
import { peopleOf, type Mailbox } from './lines-of.js';

interface Read {
  readonly information: ContactInformation;
  readonly etag: string;
}

/**
 * Keeps what is in the form past a reload of the page, until it is saved.
 * @param data what is saved now.
 * @param users who the users are now.
 * @returns `base` is what the form began with: something else than `data` once somebody else has saved. `people` are the
 *   users, and those who no longer are and may still stand in the form.
 */
export function useKeptDraft(form: UseFormReturn<ContactDraft>, data: Read, users: readonly Mailbox[]) {
  const { account, environment } = useAccount();
  const [kept] = useState(() => keptDraft(account.account, environment));
  const [base, setBase] = useState<Read>(
    kept === undefined ? data : { information: kept.base, etag: kept.etag },
  );
  const [known, setKnown] = useState<readonly Mailbox[]>(kept?.people ?? []);
  const people = peopleOf(users, known);
  if (people.length > known.length) setKnown(people);
  const draft = useWatch({ control: form.control }) as ContactDraft;
  const { isDirty } = form.formState;
  const [isRestored, setRestored] = useState(kept === undefined);
  useEffect(() => {
    if (kept !== undefined) form.reset(kept.draft, { keepDefaultValues: true });
    setRestored(true);
  }, [form, kept]);
  useEffect(() => {
    const { etag, information } = base;
    if (isDirty)
      keepDraft(account.account, environment, { etag, base: information, people: known.map(nameOf), draft });
  }, [account.account, environment, base, known, draft, isDirty]);
  /** Begins again with what is saved. */
  const settle = (saved: Read) => {
    form.reset(toDraft(saved.information));
    forgetDraft(account.account, environment);
    setBase(saved);
  };
  // Until what was kept is in the form, the form has nothing that another person's version could differ from.
  return { base: isRestored ? base : data, draft, people, settle };
}

const nameOf = ({ id, email, name }: Mailbox): Mailbox => ({ id, email, name });
