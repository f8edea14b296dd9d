import { recipientOf, token, useSignalbox } from '../support/signalbox.js';

const rounds = 200;

describe('a contact change is in force when it is answered', () => {
  const signalbox = useSignalbox({ replicas: { 'notification-router': 2 }, restart: true });

  it(`${rounds} changes, each followed at once by an emergency, with a router killed half way: no mail to an old address`, async () => {
    const about = token();
    const inForce = new Map<number, boolean>();
    const { information } = await signalbox().contactInformation('acme-tours');
    const { version: _version, ...fields } = information;
    for (let round = 0; round < rounds; round++) {
      if (round === rounds / 2) signalbox().stack.process('notification-router-2').kill('SIGKILL');
      const { etag } = await signalbox().contactInformation('acme-tours');
      const saved = await signalbox().operator.call<{ inForce: boolean }>(
        'PUT',
        '/v1/accounts/acme-tours/contact-information',
        {
          body: {
            ...fields,
            technicalEmergency: { addresses: [{ email: `page-${round}@acme-tours.example` }] },
          },
          ifMatch: etag,
          expect: [200],
        },
      );
      inForce.set(round, saved.body.inForce);
      const { status } = await signalbox().post({
        kind: 'emergency',
        title: `${about} r${round}`,
        id: `${about}-${round}`,
      });
      expect(status).toBe(202);
    }
    await signalbox().settled();

    const mails = await signalbox().mailsAbout(about);
    const wrong = mails.filter(
      (mail) => inForce.get(roundOf(mail.Subject)) && addressRound(recipientOf(mail)) < roundOf(mail.Subject),
    );
    expect(wrong.map((mail) => `${mail.Subject} went to ${recipientOf(mail)}`)).toEqual([]);
    expect(new Set(mails.map(({ Subject }) => roundOf(Subject))).size).toBe(rounds);
    expect([...inForce.values()].filter(Boolean).length).toBeGreaterThan(rounds / 2);
  }, 300_000);
});

const roundOf = (subject: string): number => Number(/ r(\d+)/.exec(subject)?.[1] ?? NaN);
const addressRound = (address: string): number => Number(/^page-(\d+)@/.exec(address)?.[1] ?? NaN);
