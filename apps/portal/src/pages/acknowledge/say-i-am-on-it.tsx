import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { Label, type AcknowledgementView } from '@signalbox/contracts';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { schemaResolver, useErrorText } from '../../components/form-errors.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { timeIn } from '../../components/time-in.js';
import { acknowledge } from './queries.js';
import { useWhoSaid } from './use-who-said.js';

interface SayIAmOnItProps {
  readonly token: string;
  readonly isNameNeeded: boolean;
  /** Who was first, if somebody is on it already. */
  readonly acknowledged: AcknowledgementView | null;
}

/** An empty text field is one that was left out. */
const Named = z.object({ name: z.preprocess((text) => (text === '' ? undefined : text), Label) });
const Anybody = z.object({});

/** The one button, and a name where the mail went to several people; afterwards, who is on it. */
export function SayIAmOnIt({ token, isNameNeeded, acknowledged }: SayIAmOnItProps) {
  const { t } = useTranslation('acknowledge');
  const errorText = useErrorText();
  const saying = useMutation({ mutationFn: acknowledge });
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { name: '' },
    resolver: schemaResolver<{ name: string }>(isNameNeeded ? Named : Anybody),
  });
  if (saying.data?.isFirst === true) return <Thanks />;
  const first = saying.data?.acknowledged ?? acknowledged;
  if (first !== null) return <SomebodyIs first={first} />;
  const say = handleSubmit(({ name }) => saying.mutate(isNameNeeded ? { token, name } : { token }));
  return (
    <form noValidate onSubmit={(event) => void say(event)}>
      <Stack>
        <Text>{t('lead')}</Text>
        {saying.isError && <ProblemAlert error={saying.error} />}
        {isNameNeeded && (
          <TextInput
            size="md"
            autoComplete="name"
            label={t('name')}
            description={t('nameWhy')}
            error={errorText(formState.errors.name)}
            {...register('name')}
          />
        )}
        <Button size="md" type="submit" loading={saying.isPending}>
          {t('button')}
        </Button>
      </Stack>
    </form>
  );
}

function Thanks() {
  const { t } = useTranslation('acknowledge');
  return (
    <Alert color="green" variant="light" role="status" title={t('done.title')}>
      {t('done.text')}
    </Alert>
  );
}

function SomebodyIs({ first: { by, at } }: { readonly first: AcknowledgementView }) {
  const { t, i18n } = useTranslation('acknowledge');
  const whoSaid = useWhoSaid();
  return (
    <Alert variant="light" role="status" title={t('first.title')}>
      {t('first.text', { by: whoSaid(by), at: timeIn(i18n.language, at, { isExact: true }) })}
    </Alert>
  );
}
