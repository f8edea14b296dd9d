import {
  accountImportPath,
  ndjson,
  type EmergencyResolution,
  type MailingPreview,
  type MailingReport,
  type MailingView,
  type NewEmergency,
  type NewNotice,
  type RecipientsChange,
} from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { recipientOf, token, useSignalbox } from '../support/signalbox.js';

const many = 5_000;

describe('what people send to many', () => {
  const signalbox = useSignalbox({ restart: true });

  async function call<Answer>(path: string, body: object | undefined, expect: number): Promise<Answer> {
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await signalbox().operator.call<Answer>(method, path, { body, expect: [expect] });
    return answer.body;
  }

  it('an emergency tells those who were shown, asks once more when they changed, and its all-clear goes to them', async () => {
    const about = token();
    const asked: NewEmergency = {
      content: { environment: 'production', title: about },
      audience: { accounts: ['acme-tours', 'bistro-uno'] },
    };
    const shown = await call<MailingPreview>('/v1/emergencies/preview', asked, 200);
    expect(shown.accounts.items.map(({ recipients }) => recipients.map(({ address }) => address))).toEqual([
      ['page@acme-tours.example'],
      ['guardia@bistro-uno.example'],
    ]);
    expect(shown.mails.map(({ subject }) => subject.includes(about))).not.toContain(false);

    await signalbox().saveContacts('bistro-uno', {
      technicalEmergency: { addresses: [{ email: 'nueva@bistro-uno.example' }] },
    });
    const changed = await call<{ code: string; token: string; changes: RecipientsChange[] }>(
      '/v1/emergencies',
      { ...asked, token: shown.token },
      409,
    );
    expect(changed).toMatchObject({
      code: 'recipients-changed',
      changes: [
        {
          account: 'bistro-uno',
          before: ['guardia@bistro-uno.example'],
          now: ['nueva@bistro-uno.example'],
        },
      ],
    });
    const confirmed = { ...asked, token: changed.token };
    const { id } = await call<MailingView>('/v1/emergencies', confirmed, 202);
    expect(await call<MailingView>('/v1/emergencies', confirmed, 202)).toMatchObject({ id });
    const told = ['nueva@bistro-uno.example', 'page@acme-tours.example'];
    await signalbox().mailsArrived(about, 2);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(about)).toEqual(told);

    await signalbox().saveContacts('bistro-uno', {
      technicalEmergency: { addresses: [{ email: 'guardia@bistro-uno.example' }] },
    });
    const over: EmergencyResolution = { summary: 'It was a certificate.' };
    await call<MailingView>(`/v1/emergencies/${id}/resolve`, over, 202);
    await call<MailingView>(`/v1/emergencies/${id}/resolve`, over, 202);
    await signalbox().mailsArrived(about, 4);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(about)).toEqual([...told, ...told].sort());
  }, 240_000);

  it(`a notice to ${many} accounts is completed without doubles though the router is killed half way, and an emergency does not wait for it`, async () => {
    const about = token();
    await importAccounts();
    const asked: NewNotice = {
      kind: 'migration-notice',
      content: { environment: 'production', title: about },
      audience: { integrationTypes: ['ordering'] },
    };
    const shown = await eventually(
      async () => {
        const preview = await call<MailingPreview>('/v1/notices/preview', asked, 200);
        return preview.counts.accounts === many && preview;
      },
      { withinMs: 240_000, everyMs: 2_000, what: 'all accounts with the router' },
    );
    const { id } = await call<MailingView>('/v1/notices', { ...asked, token: shown.token }, 202);
    const report = () => call<MailingReport>(`/v1/notices/${id}`, undefined, 200);
    await eventually(async () => ((await report()).progress.deliveries.sent ?? 0) > 0, {
      withinMs: 120_000,
      what: 'the first of it sent',
    });
    signalbox().stack.process('notification-router').kill('SIGKILL');

    const urgent = token();
    await signalbox().postUntilAccepted({ kind: 'emergency', id: urgent, title: urgent });
    await signalbox().mailsArrived(urgent, 1, 120_000);
    const { progress } = await report();
    expect(progress.deliveries.sent ?? 0).toBeLessThan(many);

    const done = await eventually(
      async () => {
        const now = await report();
        return now.progress.deliveries.sent === many && now;
      },
      { withinMs: 480_000, everyMs: 2_000, what: 'all of it sent' },
    );
    expect(done).toMatchObject({
      state: 'published',
      published: many,
      progress: { deliveries: { sent: many } },
    });
    await signalbox().settled();
    const mails = await signalbox().mailsAbout(about);
    expect(new Set(mails.map(recipientOf)).size).toBe(many);
    expect(await countOfMails(about)).toBe(many);
  }, 1_200_000);

  async function importAccounts(): Promise<void> {
    const { gateway, keys } = signalbox().stack;
    const lines = Array.from({ length: many }, (_, at) => {
      const id = `m${String(at).padStart(5, '0')}`;
      const contacts = { technicalNonEmergency: { addresses: [{ email: `dev@${id}.example` }] } };
      return JSON.stringify({ account: { id, name: id, integrationType: 'ordering' }, contacts });
    });
    const response = await fetch(new URL(accountImportPath, gateway), {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.operator}`, 'content-type': ndjson },
      body: lines.map((line) => `${line}\n`).join(''),
    });
    const results = (await response.text()).trim().split('\n');
    expect(results.filter((line) => !line.includes('"made"'))).toEqual([]);
    expect(results).toHaveLength(many);
  }

  async function countOfMails(about: string): Promise<number> {
    const query = new URLSearchParams({ query: `subject:"${about}"`, limit: '1' });
    const response = await fetch(`${signalbox().stack.mailbox}/api/v1/search?${query.toString()}`);
    return ((await response.json()) as { messages_count: number }).messages_count;
  }
});
