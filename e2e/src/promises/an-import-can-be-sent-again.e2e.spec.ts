import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { accountImportPath, ImportResult, ndjson } from '@signalbox/contracts';
import { eventually } from '@signalbox/testing';
import { token, useSignalbox } from '../support/signalbox.js';

describe('an import', () => {
  const signalbox = useSignalbox({ restart: true });

  function begin(): ClientRequest {
    const { gateway, keys } = signalbox().stack;
    return httpRequest(new URL(accountImportPath, gateway), {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.operator}`, 'content-type': ndjson },
    });
  }

  /** What is answered until the answer ends or breaks off; nothing where it never began. */
  async function resultsOf(request: ClientRequest, each = (_result: ImportResult): void => undefined) {
    const results: ImportResult[] = [];
    try {
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      if (response.statusCode !== 200) return results;
      for await (const line of createInterface({ input: response })) {
        if (line === '') continue;
        const result = ImportResult.parse(JSON.parse(line));
        results.push(result);
        each(result);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error; // A connection that broke off has one.
    }
    return results;
  }

  const send = (lines: readonly string[]): ClientRequest => {
    const request = begin().on('error', () => undefined);
    request.end(lines.map((line) => `${line}\n`).join(''));
    return request;
  };

  it('whose registry is stopped half way is sent again, and nothing of it is done twice', async () => {
    const about = token();
    const count = 600;
    const ids = Array.from({ length: count }, (_, at) => `${about}-${at}`);
    const lines = ids.map((id) =>
      JSON.stringify({ account: { id, name: 'Acme', integrationType: 'ordering' } }),
    );

    const first = await resultsOf(send(lines), ({ line }) => {
      if (line === 100) signalbox().stack.process('contact-registry').kill('SIGTERM');
    });
    const made = first.filter(({ outcome }) => outcome === 'made');
    expect(made.length).toBeGreaterThanOrEqual(100);
    expect(made.length).toBeLessThan(count);
    // What was begun was ended and answered; after that comes at most the one line that says so.
    expect(first.slice(made.length).map(({ outcome }) => outcome)).toEqual(
      first.length === made.length ? [] : ['failed'],
    );

    const again = await eventually(
      async () => {
        const results = await resultsOf(send(lines));
        return results.length === count ? results : undefined;
      },
      { withinMs: 120_000 },
    );
    const answered = new Set(made.map(({ account }) => account));
    for (const { account, outcome, version } of again) {
      expect(answered.has(account) ? ['unchanged'] : ['unchanged', 'made']).toContain(outcome);
      expect(version).toBe(1);
    }
    const last = await resultsOf(send(lines));
    expect(new Set(last.map(({ outcome, version }) => `${outcome} ${version}`))).toEqual(
      new Set(['unchanged 1']),
    );
    expect(last.map(({ account }) => account)).toEqual(ids);
  }, 240_000);

  it('is read no further while nobody reads its results, and goes on when somebody does', async () => {
    const count = 5_000;
    // Refused with a hundred mistakes each: more is answered than the connections on the way can hold.
    const unknown = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`unknown-${at}`, 1]));
    const line = `${JSON.stringify(unknown)}\n`;
    const request = begin();
    const responded = once(request, 'response');
    let sent = 0;
    const sending = (async () => {
      for (; sent < count; sent += 1) if (!request.write(line)) await once(request, 'drain');
      request.end();
    })();
    const [response] = (await responded) as [IncomingMessage];

    let seen = { sent: -1, times: 0 };
    await eventually(
      () => {
        seen = { sent, times: seen.sent === sent ? seen.times + 1 : 0 };
        return seen.times >= 20 ? true : undefined;
      },
      { withinMs: 60_000 },
    );
    expect(sent).toBeLessThan(count);

    let results = 0;
    for await (const text of createInterface({ input: response })) {
      if (text === '') continue;
      results += 1;
      expect(ImportResult.parse(JSON.parse(text))).toMatchObject({ line: results, outcome: 'refused' });
    }
    await sending;
    expect(results).toBe(count);
  }, 240_000);
});
