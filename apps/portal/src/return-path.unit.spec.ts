import type { SessionView } from '@signalbox/contracts';
import { forgetReturnPath, isReturnPath, keepReturnPath, takeReturnPath } from './return-path.js';

describe('after signing in', () => {
  it.each(['/', '/users', '/events/e1?environment=sandbox', '/events/a%2Fb'])(
    '%s is a place of the portal',
    (path) => {
      expect(isReturnPath(path)).toBe(true);
    },
  );

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', 'users'])(
    '%j leads to no other site',
    (path) => {
      expect(isReturnPath(path)).toBe(false);
    },
  );
});

describe('who comes back to a device', () => {
  const personOf = (user: string) =>
    ({ kind: 'portal-user', accounts: [{ user }] }) as unknown as SessionView;
  const [ana, lucia] = [personOf('u1'), personOf('u2')];
  let kept: Map<string, string>;
  const device = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  beforeEach(() => void (kept = new Map()));

  it('is led to where they wanted to go, once', () => {
    keepReturnPath('/users', device);
    expect([takeReturnPath(ana, device), takeReturnPath(ana, device)]).toEqual(['/users', '/']);
    keepReturnPath('/events', device);
    expect(takeReturnPath(ana, device)).toBe('/events');
  });

  it('is not led to where another person was, and neither is that other person any more', () => {
    takeReturnPath(ana, device);
    keepReturnPath('/users', device);
    expect([takeReturnPath(lucia, device), takeReturnPath(ana, device)]).toEqual(['/', '/']);
  });

  it('leaves nothing behind at signing out', () => {
    takeReturnPath(ana, device);
    keepReturnPath('/users', device);
    forgetReturnPath(device);
    expect([...kept]).toEqual([]);
  });
});
