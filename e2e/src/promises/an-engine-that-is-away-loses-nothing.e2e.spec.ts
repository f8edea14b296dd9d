import { token, useSignalbox } from '../support/signalbox.js';

describe('an engine that is away loses nothing', () => {
  const signalbox = useSignalbox();

  it('Kafka stopped: 503 with Retry-After and ids, and posting those again later gives one mail each', async () => {
    const about = token();
    await signalbox().stack.engines.kafka.stop();
    const refused = await Promise.all(
      [1, 2, 3].map((n) => signalbox().post({ kind: 'emergency', title: `${about} n${n}` })),
    );
    for (const { status, headers, body } of refused) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body).toMatchObject({
        code: 'not-known-to-be-accepted',
        events: [{ id: expect.any(String) as string }],
      });
    }
    await signalbox().stack.engines.kafka.start();
    for (const [index, { body }] of refused.entries()) {
      const { id = '', source = '' } = body.events?.[0] ?? {};
      await signalbox().postUntilAccepted({ kind: 'emergency', title: `${about} n${index + 1}`, id, source });
    }
    await signalbox().mailsArrived(about, 3, 60_000);
    await signalbox().settled();
    expect(await signalbox().mailsAbout(about)).toHaveLength(3);
  }, 180_000);

  it('Redis stopped: 202, and the mail arrives after Redis is back', async () => {
    const about = token();
    await signalbox().stack.engines.redis.stop();
    expect(
      (await signalbox().post({ kind: 'emergency', title: `${about} no redis`, id: about })).status,
    ).toBe(202);
    await signalbox().eventDecided(about);
    expect(await signalbox().mailsAbout(about)).toEqual([]);
    await signalbox().stack.engines.redis.start();
    await signalbox().mailsArrived(about, 1, 90_000);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(about)).toEqual(['page@acme-tours.example']);
  }, 180_000);

  it('MongoDB stopped: an emergency with a recently used key is accepted, and its mail arrives afterwards', async () => {
    const about = token();
    expect((await signalbox().post({ kind: 'emergency', title: `${about} warm` })).status).toBe(202);
    await signalbox().stack.engines.mongo.stop();
    expect((await signalbox().post({ kind: 'emergency', title: `${about} no mongo` })).status).toBe(202);
    await signalbox().stack.engines.mongo.start();
    await signalbox().mailsArrived(`${about} no mongo`, 1, 60_000);
    await signalbox().settled();
    expect(await signalbox().mailsAbout(about)).toHaveLength(2);
  }, 180_000);
});
