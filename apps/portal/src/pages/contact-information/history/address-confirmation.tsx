import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../../components/moment.js';
import { useProblemText } from '../../../components/use-problem-text.js';
import { useAccount } from '../../../shell/use-account.js';
import { askForConfirmation } from './queries.js';

/** Has a link sent to an address, by which whoever reads there confirms it. */
export function AddressConfirmation({ email }: { readonly email: string }) {
  const { t } = useTranslation('history');
  const problemText = useProblemText();
  const { account } = useAccount();
  const asking = useMutation({ mutationFn: () => askForConfirmation(account.account, email) });
  return (
    <Stack gap={4} align="flex-start">
      <Button
        size="xs"
        variant="light"
        aria-label={t('addresses.confirmFor', { email })}
        loading={asking.isPending}
        onClick={() => asking.mutate()}
      >
        {t('addresses.confirm')}
      </Button>
      <Text role="status" size="sm" c={asking.isError ? 'var(--mantine-color-error)' : 'dimmed'}>
        {asking.isError && problemText(asking.error)}
        {asking.isSuccess && (
          <>
            {t('addresses.confirmSent')} <Moment at={asking.data.body.expiresAt} />
          </>
        )}
      </Text>
    </Stack>
  );
}
