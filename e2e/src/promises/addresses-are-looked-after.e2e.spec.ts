import type { AddressList, AddressView, Readiness } from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { recipientOf, token, useSignalbox, type Mail } from '../support/signalbox.js';

const path = '/v1/accounts/acme-tours/contact-information';

describe('addresses are looked after', () => {
  const signalbox = useSignalbox();

  const addresses = async (): Promise<readonly AddressView[]> =>
    (await signalbox().operator.call<AddressList>('GET', `${path}/addresses`, { expect: [200] })).body.items;
  async function oneOf(field: AddressView['field']): Promise<AddressView> {
    const found = (await addresses()).find((each) => each.field === field);
    if (found === undefined) throw new Error(`nobody is in ${field}`);
    return found;
  }

  const advice = async (): Promise<string[][]> => {
    const url = '/v1/accounts/acme-tours/readiness';
    const { body } = await signalbox().operator.call<Readiness>('GET', url, { expect: [200] });
    return body.advice.map(({ field, code }) => [field, code]);
  };

  async function mailsTo(email: string): Promise<readonly Mail[]> {
    const response = await fetch(`${signalbox().stack.mailbox}/api/v1/messages?limit=500`);
    const { messages } = (await response.json()) as { messages: Mail[] };
    return messages.filter((mail) => recipientOf(mail) === email);
  }
  async function textOf({ ID }: Mail): Promise<string> {
    const response = await fetch(`${signalbox().stack.mailbox}/api/v1/message/${ID}`);
    return ((await response.json()) as { Text: string }).Text;
  }
  async function confirm(method: string, secret?: string) {
    const response = await fetch(`${signalbox().stack.gateway}/v1/addresses/confirm`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(secret !== undefined && { body: JSON.stringify({ token: secret }) }),
    });
    return { status: response.status, ...((await response.json()) as { code?: string }) };
  }

  it('the link of a confirmation mail confirms by POST, once, and not by looking at it', async () => {
    const { email, state } = await oneOf('technicalEmergency');
    expect(state).toBe('unconfirmed');
    await signalbox().operator.call('POST', `${path}/addresses/confirmation`, {
      body: { email },
      expect: [202],
    });
    const secret = await eventually(async () => {
      const texts = await Promise.all((await mailsTo(email)).map(textOf));
      return texts.map((text) => /\/confirm-address\?token=([\w-]+)/.exec(text)?.[1]).find(Boolean);
    });
    expect(await confirm('GET')).toMatchObject({ status: 405 });
    expect(await oneOf('technicalEmergency')).toMatchObject({ state: 'unconfirmed' });
    expect(await confirm('POST', secret)).toMatchObject({
      status: 200,
      accountName: expect.any(String) as string,
    });
    expect(await confirm('POST', secret)).toMatchObject({ status: 410, code: 'confirmation-link-used' });
    expect(await oneOf('technicalEmergency')).toMatchObject({ state: 'confirmed' });
  });

  it('a test mail arrives, and what came of it is shown; the sixth within an hour is refused', async () => {
    const { email } = await oneOf('technicalNonEmergency');
    const before = (await mailsTo(email)).length;
    expect(await advice()).toContainEqual(['technicalNonEmergency', 'never-tested']);
    const test = (expected: number) =>
      signalbox().operator.call('POST', `${path}/technicalNonEmergency/test-mail`, { expect: [expected] });
    await test(202);
    await eventually(async () => (await mailsTo(email)).length > before);
    await eventually(async () => (await oneOf('technicalNonEmergency')).lastTest?.outcome === 'sent');
    await eventually(async () => (await oneOf('technicalNonEmergency')).lastAcceptedAt !== null);
    expect(await advice()).not.toContainEqual(['technicalNonEmergency', 'never-tested']);
    for (let sent = 1; sent < 5; sent += 1) await test(202);
    await test(429);
  });

  it('the mail of an event tells that its address takes mail, over the topic', async () => {
    expect(await oneOf('operationalInternal')).toMatchObject({ lastAcceptedAt: null, state: 'unconfirmed' });
    const about = token();
    await signalbox().post({ kind: 'user-escalation', title: about });
    await signalbox().mailsArrived(about, 1);
    const known = await eventually(async () => {
      const address = await oneOf('operationalInternal');
      return address.lastAcceptedAt !== null && address;
    });
    // Accepted mail confirms nothing.
    expect(known).toMatchObject({ state: 'unconfirmed', bouncedAt: null });
  });
});
