import { Button, Text } from '@mantine/core';
import type { InvitationView } from '@signalbox/contracts';
import { mayInvite } from '@signalbox/domain';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../components/confirm-button.js';
import { Moment } from '../../components/moment.js';
import { useProblemText } from '../../components/use-problem-text.js';
import { useAccount } from '../../shell/use-account.js';
import { resendInvitation, revokeInvitation } from './queries.js';
import { Row } from './row.js';
import { useUsersChanged } from './use-users-changed.js';

/** Somebody who was invited and has not come yet. Whoever may invite them may also send it again, or take it back. */
export function InvitationRow({ invitation }: { readonly invitation: InvitationView }) {
  const { t } = useTranslation('users');
  const problemText = useProblemText();
  const { account, environment } = useAccount();
  const changed = useUsersChanged();
  const { id, email, role, state, expiresAt } = invitation;
  const resending = useMutation({
    mutationFn: async () => {
      await resendInvitation(account.account, id, environment);
      await changed();
    },
  });
  const isGateOpen = account.environments[environment].ready;
  return (
    <Row
      name={email}
      note={
        <>
          {t(`roles.${role}`)} · {t(state === 'expired' ? 'expired' : 'until')} <Moment at={expiresAt} />
          <Text size="sm" role="status" c={resending.isError ? 'var(--mantine-color-error)' : undefined}>
            {resending.isError ? problemText(resending.error) : resending.isSuccess ? t('resent') : ''}
          </Text>
        </>
      }
    >
      {mayInvite(account.role, role, isGateOpen) && (
        <>
          <Button
            size="xs"
            variant="default"
            aria-label={t('resendTo', { email })}
            loading={resending.isPending}
            onClick={() => resending.mutate()}
          >
            {t('resend')}
          </Button>
          {state === 'open' && (
            <ConfirmButton
              label={t('revoke.label')}
              name={t('revoke.name', { email })}
              title={t('revoke.title', { email })}
              text={t('revoke.text')}
              confirm={t('revoke.label')}
              action={async () => {
                await revokeInvitation(account.account, id, environment);
                await changed();
              }}
            />
          )}
        </>
      )}
    </Row>
  );
}
