import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { contactFields, type ContactField, type InputError } from '@signalbox/contracts';
import { isEmpty, offerIn, requiredFields } from '@signalbox/domain';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { FormProvider, useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { hasCode, ProblemError } from '../../api/problem-error.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useAccount } from '../../shell/use-account.js';
import { usersQuery } from '../users/queries.js';
import { checkInformation } from './check-information.js';
import { fromDraft, placeInForm, toDraft, type ContactDraft } from './draft.js';
import { fieldComponents } from './fields/index.js';
import { contactInformationQuery, readinessQuery } from './queries.js';
import { useSave } from './use-save.js';

/** The contact information of the account in use, in the fields that its integration type has in this environment. */
export function ContactForm() {
  const { t } = useTranslation('contactInformation');
  const { account, environment } = useAccount();
  const query = contactInformationQuery(account.account, environment);
  const { data } = useSuspenseQuery(query);
  const { data: readiness } = useSuspenseQuery(readinessQuery(account.account, environment));
  const { data: users } = useSuspenseQuery(usersQuery(account.account));
  const client = useQueryClient();
  const form = useForm<ContactDraft>({ defaultValues: toDraft(data.information) });
  const save = useSave();
  const offered = contactFields.filter(
    (field) => offerIn(environment, account.integrationType, field) !== 'not-offered',
  );

  const showErrors = (errors: readonly InputError[], draft: ContactDraft) => {
    errors.forEach(({ pointer, code }, index) => {
      form.setError(
        placeInForm(pointer, draft) as ContactField,
        { type: code },
        { shouldFocus: index === 0 },
      );
    });
  };
  const submit = (draft: ContactDraft) => {
    const information = fromDraft(draft, offered);
    const userIds = users.map(({ id }) => id);
    const errors = checkInformation(information, account, userIds, environment);
    if (errors.length > 0) return showErrors(errors, draft);
    save.mutate(
      { account: account.account, environment, information, etag: data.etag },
      {
        onSuccess: (saved) => form.reset(toDraft(saved.information)),
        onError: (error) => showErrors(error instanceof ProblemError ? error.errors : [], draft),
      },
    );
  };
  const takeTheirs = async () => {
    const theirs = await client.fetchQuery({ ...query, staleTime: 0 });
    form.reset(toDraft(theirs.information));
    save.reset();
  };

  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) => {
          form.clearErrors();
          void form.handleSubmit(submit)(event);
        }}
      >
        <Stack gap="lg">
          <Filled control={form.control} offered={offered} />
          {offered.map((field) => {
            const Field = fieldComponents[field];
            return (
              <Field
                key={field}
                account={account}
                isRequired={offerIn(environment, account.integrationType, field) === 'required'}
                advice={readiness.advice.filter((one) => one.field === field)}
              />
            );
          })}
          {save.isError && <ProblemAlert error={save.error} />}
          <Group>
            <Button type="submit" size="md" loading={save.isPending}>
              {t('save')}
            </Button>
            {hasCode(save.error, 'revision-is-stale') && (
              <Button variant="default" size="md" onClick={() => void takeTheirs()}>
                {t('takeTheirs')}
              </Button>
            )}
            <Text role="status" c="dimmed">
              {save.isSuccess ? t(save.data.inForce ? 'saved.inForce' : 'saved.soon') : ''}
            </Text>
          </Group>
        </Stack>
      </form>
    </FormProvider>
  );
}

interface FilledProps {
  readonly control: Control<ContactDraft>;
  readonly offered: readonly ContactField[];
}

/** How many of the required fields hold something, as the form stands. */
function Filled({ control, offered }: FilledProps) {
  const { t } = useTranslation('contactInformation');
  const { account, environment } = useAccount();
  const draft = useWatch({ control }) as ContactDraft;
  const required = requiredFields(account.integrationType, environment);
  const information = fromDraft(draft, offered);
  const done = required.filter((field) => !isEmpty(information, field)).length;
  return (
    <div>
      <Text size="sm" fw={600} mb={6} id="contact-progress">
        {t('progress', { done, all: required.length })}
      </Text>
      <Progress value={(100 * done) / required.length} aria-labelledby="contact-progress" />
    </div>
  );
}
