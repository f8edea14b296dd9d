import { Stack } from '@mantine/core';
import { contactFields, type ContactField, type ContactInformation } from '@signalbox/contracts';
import { existsIn, offerIn, offersField } from '@signalbox/domain';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type SyntheticEvent } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { hasCode, ProblemError } from '../../api/problem-error.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useAccount } from '../../shell/use-account.js';
import { usersQuery } from '../users/queries.js';
import { adviseOnDraft } from './advise-on-draft.js';
import { checkInformation, fieldsDone } from './check-information.js';
import { fromDraft, toDraft, type ContactDraft } from './draft.js';
import { ErrorSummary } from './error-summary.js';
import { fieldComponents } from './fields/index.js';
import { FieldElsewhere } from './fields/field-elsewhere.js';
import { differencesOf } from './merge.js';
import { contactInformationQuery, readinessQuery } from './queries.js';
import { useKeptDraft } from './use-kept-draft.js';
import { SaveBar } from './save-bar.js';
import { useSave } from './use-save.js';
import { useShownErrors } from './use-shown-errors.js';

// Two people seldom save at once.
const ConflictPanel = lazy(async () => ({ default: (await import('./conflict-panel.js')).ConflictPanel }));

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
  const { errors, showErrors } = useShownErrors(form);
  const { base, draft, people, settle } = useKeptDraft(form, data, users);
  const fields = contactFields.filter((field) => offersField(account.integrationType, field));
  const offered = fields.filter((field) => existsIn(environment, field));
  const mine = fromDraft(draft, offered);
  const wrongIn = (information: ContactInformation) =>
    checkInformation(
      information,
      account,
      users.map(({ id }) => id),
      environment,
    );
  const advice = adviseOnDraft(mine, users, readiness.advice);
  const isBehind = !save.isPending && base.etag !== data.etag && data.etag !== save.data?.etag;
  const differences = isBehind ? differencesOf(base.information, mine, data.information, offered) : [];
  const hasConflict = differences.length > 0;
  const isSavedAlready = isBehind && !hasConflict;
  useEffect(() => {
    if (isSavedAlready) settle(data);
  });

  const saveInformation = (information: ContactInformation) => {
    const shown = form.getValues();
    const found = wrongIn(information);
    showErrors(found, shown);
    // Who is a user may have changed since that was read, and with it what is saved: that alone the server is asked.
    if (found.some(({ code }) => code !== 'unknown-user')) return;
    save.mutate(
      { account: account.account, environment, information, etag: data.etag },
      {
        onSuccess: settle,
        onError: (error) => {
          void client.invalidateQueries(usersQuery(account.account));
          if (hasCode(error, 'revision-is-stale')) void client.refetchQueries(query);
          else showErrors(error instanceof ProblemError ? error.errors : [], shown);
        },
      },
    );
  };
  const discard = () => {
    showErrors([]);
    save.reset();
    settle(data);
  };
  // What is being mended is not called wrong any more.
  const forgetError = ({ target }: SyntheticEvent) => {
    if (target instanceof Element && target.hasAttribute('name'))
      form.clearErrors(target.getAttribute('name') as ContactField);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // What is submitted in a dialog that a field has opened comes by here too.
    if (event.target === event.currentTarget) saveInformation(fromDraft(form.getValues(), offered));
  };

  const { isDirty } = form.formState;
  const isReadAgain = hasCode(save.error, 'revision-is-stale') && save.variables?.etag !== data.etag;
  const isSavedByOther = isReadAgain && !isDirty && !isBehind;
  const outcome = isSavedByOther
    ? t('saved.byOther')
    : save.isSuccess
      ? t(save.data.inForce ? 'saved.inForce' : 'saved.soon')
      : '';

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={submit} onChange={forgetError}>
        <Stack gap="lg">
          {errors.length > 0 && <ErrorSummary errors={errors} />}
          {hasConflict && (
            <Suspense>
              <ConflictPanel
                differences={differences}
                mine={mine}
                theirs={data.information}
                users={people}
                onMerged={(merged) => {
                  form.reset(toDraft(merged), { keepDefaultValues: true });
                  saveInformation(merged);
                }}
              />
            </Suspense>
          )}
          {fields.map((field) => {
            const Field = offered.includes(field) ? fieldComponents[field] : FieldElsewhere;
            return (
              <Field
                key={field}
                field={field}
                account={account}
                people={people}
                isRequired={offerIn(environment, account.integrationType, field) === 'required'}
                advice={advice.filter((one) => one.field === field)}
              />
            );
          })}
          {save.isError && !hasConflict && !isSavedByOther && <ProblemAlert error={save.error} />}
          <SaveBar
            done={fieldsDone(mine, wrongIn(mine), account, environment).length}
            isSaving={save.isPending}
            disabled={hasConflict}
            said={isDirty ? t('unsaved') : outcome}
            onDiscard={isDirty || hasConflict ? discard : undefined}
          />
        </Stack>
      </form>
    </FormProvider>
  );
}
