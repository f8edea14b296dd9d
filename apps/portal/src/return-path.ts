import type { SessionView } from '@signalbox/contracts';

const storedAs = { path: 'signalbox.return-path', lastPerson: 'signalbox.last-person' } as const;

type Device = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Whether somebody may be led there after signing in: a place of this portal. `//host` and `/\host` are other sites to a
 * browser.
 */
export const isReturnPath = (path: string): boolean => /^\/(?![/\\])/.test(path);

/** Kept on the device, since the link in the mail opens another tab. */
export function keepReturnPath(path: string | undefined, device: Device = localStorage): void {
  if (path !== undefined && isReturnPath(path)) device.setItem(storedAs.path, path);
  else device.removeItem(storedAs.path);
}

/**
 * Where whoever has just signed in wanted to go and had to sign in first; once. What another person left behind on this
 * device is not theirs.
 */
export function takeReturnPath(session: SessionView, device: Device = localStorage): string {
  const person = personIn(session);
  const [path, last] = [device.getItem(storedAs.path), device.getItem(storedAs.lastPerson)];
  device.removeItem(storedAs.path);
  device.setItem(storedAs.lastPerson, person);
  const isTheirs = last === null || last === person;
  return path !== null && isTheirs && isReturnPath(path) ? path : '/';
}

/** Who signs out leaves nothing behind. */
export function forgetReturnPath(device: Device = localStorage): void {
  for (const name of Object.values(storedAs)) device.removeItem(name);
}

/** By the ids of their users: an address is not for who comes to this device next. */
const personIn = (session: SessionView): string =>
  session.kind === 'portal-user' ? session.accounts.map(({ user }) => user).join(' ') : session.kind;
