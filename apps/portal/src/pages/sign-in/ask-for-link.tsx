import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { accountMailKinds, SignInRequest } from '@signalbox/contracts';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { schemaResolver, useErrorText } from '../../components/form-errors.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { askForLink } from './queries.js';

/** An address, and a link is mailed there. Whether the address is known is not to be seen. */
export function AskForLink() {
  const { t } = useTranslation('signIn');
  const errorText = useErrorText();
  const asking = useMutation({ mutationFn: askForLink });
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { email: '' },
    resolver: schemaResolver<{ email: string }>(SignInRequest),
  });
  if (asking.isSuccess) return <LinkSent email={asking.variables} onAgain={asking.reset} />;
  return (
    <form noValidate onSubmit={(event) => void handleSubmit(({ email }) => asking.mutate(email))(event)}>
      <Stack>
        {asking.isError && <ProblemAlert error={asking.error} />}
        <TextInput
          size="md"
          type="email"
          autoComplete="email"
          label={t('email')}
          error={errorText(formState.errors.email)}
          {...register('email')}
        />
        <Button size="md" type="submit" loading={asking.isPending}>
          {t('send')}
        </Button>
      </Stack>
    </form>
  );
}

function LinkSent({ email, onAgain }: { readonly email: string; readonly onAgain: () => void }) {
  const { t } = useTranslation('signIn');
  const { limit } = accountMailKinds['sign-in-link'];
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone.
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack role="status" align="flex-start">
      <Title order={2} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {t('sent.title')}
      </Title>
      <Text>{t('sent.text', { email })}</Text>
      <Text c="dimmed">{t('sent.limit', { minutes: limit.withinMs / 60_000 })}</Text>
      <Button variant="default" onClick={onAgain}>
        {t('sent.again')}
      </Button>
    </Stack>
  );
}
