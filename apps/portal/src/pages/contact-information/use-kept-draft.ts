import type { ContactInformation } from '@signalbox/contracts';
import { useEffect, useState } from 'react';
import { useWatch, type UseFormReturn } from 'react-hook-form';
import { useAccount } from '../../shell/use-account.js';
import type { ContactDraft } from './draft.js';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.js';

interface Read {
  readonly information: ContactInformation;
  readonly etag: string;
}

/**
 * Keeps what is in the form past a reload of the page, until it is saved.
 * @param data what is saved now.
 * @returns `base` is what the form began with: something else than `data` once somebody else has saved.
 */
export function useKeptDraft(form: UseFormReturn<ContactDraft>, data: Read) {
  const { account, environment } = useAccount();
  const [kept] = useState(() => keptDraft(account.account, environment));
  const [base, setBase] = useState<Read>(
    kept === undefined ? data : { information: kept.base, etag: kept.etag },
  );
  const draft = useWatch({ control: form.control }) as ContactDraft;
  const { isDirty } = form.formState;
  useEffect(() => {
    if (kept !== undefined) form.reset(kept.draft, { keepDefaultValues: true });
  }, [form, kept]);
  useEffect(() => {
    const { etag, information } = base;
    if (isDirty) keepDraft(account.account, environment, { etag, base: information, draft });
  }, [account.account, environment, base, draft, isDirty]);
  const settle = (saved: Read) => {
    forgetDraft(account.account, environment);
    setBase(saved);
  };
  return { base, draft, settle };
}
