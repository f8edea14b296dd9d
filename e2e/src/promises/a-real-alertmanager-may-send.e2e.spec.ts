import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@signalbox/testing';
import { freePort, outsideProgram } from '@signalbox/tools';
import type { EventList } from '@signalbox/contracts';
import { token, useSignalbox } from '../support/signalbox.js';

const program = outsideProgram('alertmanager');
const promise = program === undefined ? describe.skip : describe;

promise('a real Alertmanager may send', () => {
  const signalbox = useSignalbox();
  let alertmanager: ChildProcess | undefined;
  let dir = '';
  let url = '';

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'signalbox-alertmanager-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await writeFile(
      join(dir, 'alertmanager.yml'),
      configuration(signalbox().stack.gateway, signalbox().stack.keys.sender),
    );
    alertmanager = spawn(
      program ?? '',
      [
        `--config.file=${dir}/alertmanager.yml`,
        `--storage.path=${dir}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    await eventually(async () => (await fetch(`${url}/-/ready`)).ok, {
      withinMs: 20_000,
      what: 'Alertmanager ready',
    });
  }, 60_000);

  afterAll(async () => {
    if (alertmanager !== undefined) {
      const ended = once(alertmanager, 'exit');
      alertmanager.kill('SIGTERM');
      await ended;
    }
    await rm(dir, { recursive: true, force: true });
  });

  it('a firing and a resolved alert are two mails, however often they are repeated', async () => {
    const about = token();
    const startsAt = new Date().toISOString();
    await fire(url, about, { startsAt });
    await signalbox().mailsArrived(about, 1, 60_000);
    const firing = await eventually(async () => {
      const { body } = await signalbox().operator.call<EventList>(
        'GET',
        '/v1/events?account=acme-tours&kind=production-incident',
        { expect: [200] },
      );
      return body.items.find(({ title }) => title.includes(about));
    });
    // Alertmanager repeats it every second; wait until the repeats have arrived and were recognised.
    await eventually(async () => (await signalbox().event(firing.id)).repeats.length >= 3, {
      withinMs: 30_000,
    });
    expect(await signalbox().mailsAbout(about)).toHaveLength(1);

    await fire(url, about, { startsAt, endsAt: new Date().toISOString() });
    await signalbox().mailsArrived(about, 2, 60_000);
    await signalbox().settled();
    const mails = await signalbox().mailsAbout(about);
    expect(mails).toHaveLength(2);
    expect(mails.filter(({ Subject }) => /resolved/i.test(Subject))).toHaveLength(1);
    expect(await signalbox().recipientsAbout(about)).toEqual([
      'ana@acme-tours.example',
      'ana@acme-tours.example',
    ]);
  }, 120_000);
});

const configuration = (gateway: string, key: string): string => `
route:
  receiver: signalbox
  group_by: ['...']
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1s
receivers:
  - name: signalbox
    webhook_configs:
      - url: ${gateway}/v1/intake/alertmanager
        send_resolved: true
        http_config:
          authorization:
            credentials: ${key}
`;

async function fire(url: string, about: string, times: { startsAt: string; endsAt?: string }): Promise<void> {
  const alert = {
    labels: {
      alertname: 'ErrorRate',
      account: 'acme-tours',
      environment: 'production',
      severity: 'critical',
    },
    annotations: { summary: `${about} errors` },
    ...times,
  };
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([alert]),
  });
  if (!response.ok) throw new Error(`Alertmanager answered ${response.status}`);
}
