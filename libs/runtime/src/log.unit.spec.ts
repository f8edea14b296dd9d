import { maskAddresses } from '@signalbox/contracts';
import { createLog, describeError } from './log.js';
import { nestLog } from './nest-log.js';

function lines() {
  const written: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void written.push(JSON.parse(line) as Record<string, unknown>),
  };
  return { written, log: createLog('gateway', { destination, level: 'trace' }) };
}

describe('a log line', () => {
  it('is one JSON object with service, level by name, an RFC 3339 time and the fields given', () => {
    const { written, log } = lines();
    log.info({ event: 'event.routed', dispatch: 'd1' }, 'event.routed');
    expect(written).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        service: 'gateway',
        event: 'event.routed',
        dispatch: 'd1',
        msg: 'event.routed',
      },
    ]);
  });

  it.each(['authorization', 'cookie', 'address', 'email', 'to'])(
    'never holds %s, down to the third level',
    (name) => {
      const { written, log } = lines();
      log.info({ [name]: 'x@y.example', a: { [name]: 'x@y.example', b: { [name]: 'x@y.example' } } }, 'm');
      expect(JSON.stringify(written)).not.toContain('x@y.example');
    },
  );

  it.each([
    ['an id that a sender chose', { id: 'down-for-ana@acme.example' }],
    ['a source', { source: 'mailto:ana%2Bx%40acme.example' }],
    ['the name of a key', { by: 'key of ana@acme.example (k1)' }],
    ['a text of full-width letters', { reason: 'ana＠acme.example, ａｎａ＠ａｃｍｅ．ｅｘａｍｐｌｅ' }],
    ['a list', { a: { ids: ['x', { b: 'ANA@acme.example' }] } }],
    ['the name of a member', { details: { 'ana@acme.example': 1 } }],
  ])('never holds a mail address, which may stand in %s', (_, fields) => {
    const { written, log } = lines();
    log.info({ event: 'm', ...fields }, 'told ana@acme.example');
    expect(JSON.stringify(written)).not.toMatch(/ana.*acme|ａｎａ/i);
    expect(written[0]).toMatchObject({ event: 'm', msg: 'told [address]' });
  });

  it('keeps instants, numbers and what is nothing as they are', () => {
    const { written, log } = lines();
    const at = new Date('2026-11-28T00:00:00Z');
    log.info({ at, count: 2, reason: null, ok: true, gone: undefined, ids: ['a'] }, 'm');
    expect(written[0]).toMatchObject({ at: at.toISOString(), count: 2, reason: null, ok: true, ids: ['a'] });
  });

  it('tells an error with code, stack and causes, but neither addresses nor what drivers hang on it', () => {
    const { written, log } = lines();
    const cause = Object.assign(new Error('RCPT TO:<ana@acme.example> refused'), {
      rejected: ['ana@acme.example'],
    });
    log.error({ err: Object.assign(new Error('not sent', { cause }), { code: 'EENVELOPE' }) }, 'm');
    expect(written[0]).toMatchObject({
      err: {
        type: 'Error',
        message: 'not sent',
        code: 'EENVELOPE',
        cause: { message: 'RCPT TO:<[address]> refused' },
      },
    });
    expect(JSON.stringify(written)).not.toContain('ana@');
  });
});

it('describes what was thrown even if it is no error, and an error that causes itself', () => {
  expect(describeError('boom')).toEqual({ type: 'string', message: 'boom' });
  const circle = new Error('round');
  circle.cause = circle;
  expect(describeError(circle, 1).cause?.cause).toBeUndefined();
});

it('masks the user and password of a connection string', () => {
  expect(maskAddresses('cannot reach mongodb://app:secret@db.example:27017/x')).not.toContain('secret');
});

describe('Nest’s own lines', () => {
  it('come as JSON with their context, its start-up chatter as debug', () => {
    const { written, log } = lines();
    nestLog(log).log('Mapped {/health, GET} route', 'RouterExplorer');
    expect(written[0]).toMatchObject({ level: 'debug', event: 'nest', context: 'RouterExplorer' });
  });

  it('keep the stack of an error', () => {
    const { written, log } = lines();
    nestLog(log).error('it broke', 'Error: it broke\n at x', 'ExceptionHandler');
    expect(written[0]).toMatchObject({
      level: 'error',
      msg: 'it broke',
      stack: 'Error: it broke\n at x',
      context: 'ExceptionHandler',
    });
  });
});
