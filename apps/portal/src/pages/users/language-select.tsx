import { NativeSelect } from '@mantine/core';
import type { PortalUser } from '@signalbox/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../components/use-problem-text.js';
import { languages } from '../../i18n/languages.js';
import { useAccount } from '../../shell/use-account.js';
import { changeUser } from './queries.js';
import { useUsersChanged } from './use-users-changed.js';

/** In which language somebody is written to. One that we do not have stays in the list, since it was once chosen. */
export function LanguageSelect({ user }: { readonly user: PortalUser }) {
  const { t } = useTranslation('users');
  const problemText = useProblemText();
  const { account } = useAccount();
  const changed = useUsersChanged();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (language: string) => {
      await changeUser(account.account, user.id, { language });
      await changed();
    },
  });
  const known = Object.entries(languages).map(([value, label]) => ({ value, label }));
  const isKnown = known.some(({ value }) => value === user.language);
  return (
    <NativeSelect
      size="xs"
      label={t('language')}
      value={user.language}
      disabled={isPending}
      error={error === null ? undefined : problemText(error)}
      data={isKnown ? known : [{ value: user.language, label: user.language }, ...known]}
      onChange={({ currentTarget }) => mutate(currentTarget.value)}
    />
  );
}
