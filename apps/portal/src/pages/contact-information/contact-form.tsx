import { Stack } from '@mantine/core';
import {
  contactFields,
  type ContactField,
  type ContactInformation,
  type InputError,
} from '@signalbox/contracts';
import { existsIn, offerIn, offersField } from '@signalbox/domain';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type SyntheticEvent } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { hasCode, ProblemError } from '../../api/problem-error.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useAccount } from '../../shell/use-account.js';
import { usersQuery } from '../users/queries.js';
import { adviseOnDraft } from './advise-on-draft.js';
import { checkInformation } from './check-information.js';
import { fromDraft, placeInForm, toDraft, type ContactDraft } from './draft.js';
import { ErrorSummary, type PlacedError } from './error-summary.js';
import { fieldComponents } from './fields/index.js';
import { FieldElsewhere } from './fields/field-elsewhere.js';
import { differencesOf } from './merge.js';
import { contactInformationQuery, readinessQuery } from './queries.js';
import { useKeptDraft } from './use-kept-draft.js';
import { SaveBar } from './save-bar.js';
import { useSave } from './use-save.js';

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
  const [errors, setErrors] = useState<readonly PlacedError[]>([]);
  const { base, draft, settle } = useKeptDraft(form, data);
  const fields = contactFields.filter((field) => offersField(account.integrationType, field));
  const offered = fields.filter((field) => existsIn(environment, field));
  const mine = fromDraft(draft, offered);
  const advice = adviseOnDraft(mine, users, readiness.advice);
  const hasConflict = base.etag !== data.etag && data.etag !== save.data?.etag;

  const showErrors = (found: readonly InputError[], shown: ContactDraft) => {
    const placed = found.map((error) => ({ ...error, place: placeInForm(error.pointer, shown) }));
    for (const { place, code } of placed) form.setError(place as ContactField, { type: code });
    setErrors(placed);
  };
  const saveInformation = (information: ContactInformation) => {
    form.clearErrors();
    const shown = form.getValues();
    const userIds = users.map(({ id }) => id);
    const found = checkInformation(information, account, userIds, environment);
    showErrors(found, shown);
    if (found.length > 0) return;
    save.mutate(
      { account: account.account, environment, information, etag: data.etag },
      {
        onSuccess: (saved) => {
          form.reset(toDraft(saved.information));
          settle(saved);
        },
        onError: (error) => {
          if (hasCode(error, 'revision-is-stale')) void client.refetchQueries(query);
          else showErrors(error instanceof ProblemError ? error.errors : [], shown);
        },
      },
    );
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

  const said = form.formState.isDirty
    ? t('unsaved')
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
                differences={differencesOf(base.information, mine, data.information, offered)}
                mine={mine}
                theirs={data.information}
                users={users}
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
                isRequired={offerIn(environment, account.integrationType, field) === 'required'}
                advice={advice.filter((one) => one.field === field)}
              />
            );
          })}
          {save.isError && !hasConflict && <ProblemAlert error={save.error} />}
          <SaveBar information={mine} isSaving={save.isPending} disabled={hasConflict} said={said} />
        </Stack>
      </form>
    </FormProvider>
  );
}
