import type { AlarmList } from '@signalbox/contracts';
import { recipientOf, token, useSignalbox } from '../support/signalbox.js';

describe('the right person is told', () => {
  const signalbox = useSignalbox();

  it('an emergency reaches the page alias of the account and only it', async () => {
    const about = token();
    const { status, body } = await signalbox().post({
      kind: 'emergency',
      title: `${about} integration disabled`,
    });
    expect(status).toBe(202);
    await signalbox().mailsArrived(about, 1);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(about)).toEqual(['page@acme-tours.example']);
    const event = await signalbox().eventClosed(body.accepted?.[0]?.id ?? '');
    expect(event).toMatchObject({ rule: 'emergency', category: 'technicalEmergency', state: 'delivered' });
    expect(event.deliveries).toMatchObject([{ state: 'sent', address: 'page@acme-tours.example' }]);
  });

  it('a production incident reaches each alert user once', async () => {
    const about = token();
    const { body } = await signalbox().operator.call<{ user: { id: string } }>(
      'POST',
      '/v1/accounts/acme-tours/users',
      {
        body: { email: 'bruno@acme-tours.example', language: 'en', role: 'member' },
        expect: [201],
      },
    );
    const { information } = await signalbox().contactInformation('acme-tours');
    const userIds = [...(information.alertContacts?.userIds ?? []), body.user.id];
    await signalbox().saveContacts('acme-tours', { alertContacts: { userIds } });

    await signalbox().post({
      kind: 'production-incident',
      title: `${about} error rate`,
      severity: 'critical',
    });
    await signalbox().mailsArrived(about, 2);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(about)).toEqual([
      'ana@acme-tours.example',
      'bruno@acme-tours.example',
    ]);
  });

  it('a sandbox incident sends nothing, and says that it was suppressed and why', async () => {
    const about = token();
    const event = {
      kind: 'production-incident',
      title: `${about} error rate`,
      environment: 'sandbox',
      id: about,
    } as const;
    expect((await signalbox().post(event)).status).toBe(202);
    const view = await signalbox().eventDecided(about);
    expect(view).toMatchObject({ state: 'suppressed', reason: 'alerts-are-production-only' });
    expect(view.deliveries.map(({ state, reason }) => ({ state, reason }))).toEqual(
      view.deliveries.map(() => ({ state: 'suppressed', reason: 'alerts-are-production-only' })),
    );
    expect(view.deliveries.length).toBeGreaterThan(0);
    await signalbox().settled();
    expect(await signalbox().mailsAbout(about)).toEqual([]);
  });

  it.each([
    ['migration-notice', 'bistro-uno', 'sistemas@bistro-uno.example'],
    ['matching-issue', 'bistro-uno', 'sistemas@bistro-uno.example'],
    ['merchant-complaint', 'bistro-uno', 'comercios@bistro-uno.example'],
    ['removal-request', 'bistro-uno', 'comercios@bistro-uno.example'],
    ['user-escalation', 'bistro-uno', 'operaciones@bistro-uno.example'],
    ['merchant-complaint', 'acme-tours', 'ops@acme-tours.example'],
    ['emergency', 'nova-stays', 'partnerships@signalbox.example'],
    ['emergency', 'nobody-knows-this-account', 'operators@signalbox.example'],
  ])('a %s for %s goes to %s', async (kind, account, address) => {
    const about = token();
    await signalbox().post({ kind, account, title: `${about} happened` });
    const [mail] = await signalbox().mailsArrived(about, 1);
    await signalbox().settled();
    expect(mail && recipientOf(mail)).toBe(address);
    expect(await signalbox().mailsAbout(about)).toHaveLength(1);
  });

  it('events of an account that nobody knows, one after the other, make one mail at once; the list has all', async () => {
    const about = token();
    const account = `nobody-knows-${about}`;
    for (const id of [1, 2, 3]) {
      await signalbox().post({
        kind: 'matching-issue',
        account,
        id: `${about}-${id}`,
        title: `${about} no. ${id}`,
      });
      await signalbox().eventDecided(`${about}-${id}`);
    }
    const [mail] = await signalbox().mailsArrived(about, 1);
    expect(mail && recipientOf(mail)).toBe('operators@signalbox.example');
    expect(await signalbox().eventDecided(`${about}-3`)).toMatchObject({
      state: 'suppressed',
      reason: 'gathered',
      deliveries: [{ address: 'operators@signalbox.example', state: 'suppressed' }],
    });
    const { body } = await signalbox().operator.call<AlarmList>('GET', '/v1/alarms?alarm=unknown-account', {
      expect: [200],
    });
    const listed = body.items.filter(({ event }) => event.account === account);
    expect(listed.map(({ event }) => event.id)).toEqual([3, 2, 1].map((id) => `${about}-${id}`));
  });

  it('the operators are written to when others than the contacts were told', async () => {
    const id = token();
    await signalbox().post({ kind: 'emergency', account: 'nova-stays', id, title: `${token()} happened` });
    await signalbox().alarmMailed(id);
  });

  it('a changed contact is told of the next event, and the old one is not', async () => {
    const [first, second] = [token(), token()];
    await signalbox().post({ kind: 'emergency', account: 'bistro-uno', title: `${first} before` });
    await signalbox().mailsArrived(first, 1);
    await signalbox().settled();
    const saved = await signalbox().saveContacts('bistro-uno', {
      technicalEmergency: { addresses: [{ email: 'nueva-guardia@bistro-uno.example' }] },
    });
    expect(saved.inForce).toBe(true);
    await signalbox().post({ kind: 'emergency', account: 'bistro-uno', title: `${second} after` });
    await signalbox().mailsArrived(second, 1);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(first)).toEqual(['guardia@bistro-uno.example']);
    expect(await signalbox().recipientsAbout(second)).toEqual(['nueva-guardia@bistro-uno.example']);
  });

  it('a preview names whom the event would reach, and sends and stores nothing', async () => {
    const about = token();
    const preview = await signalbox().operator.call<{ recipients: { address: string }[] }>(
      'POST',
      '/v1/preview',
      {
        body: { kind: 'emergency', account: 'acme-tours', environment: 'production', title: about },
        expect: [200],
      },
    );
    expect(preview.body.recipients.map(({ address }) => address)).toEqual(['page@acme-tours.example']);
    const before = await signalbox().settled();
    expect(await signalbox().mailsAbout(about)).toEqual([]);
    const asSender = await signalbox().sender.call<{ masked: boolean }>('POST', '/v1/preview', {
      body: { kind: 'emergency', account: 'acme-tours', environment: 'production', title: about },
      expect: [200],
    });
    expect(asSender.body.masked).toBe(true);
    expect(JSON.stringify(asSender.body)).not.toContain('page@acme-tours.example');
    expect((await signalbox().ledger()).accepted).toBe(before.accepted);
  });
});
