const storedAs = 'signalbox.return-path';

/**
 * Whether somebody may be led there after signing in: a place of this portal. `//host` and `/\host` are other sites to a
 * browser.
 */
export const isReturnPath = (path: string): boolean => /^\/(?![/\\])/.test(path);

/** Kept on the device, since the link in the mail opens another tab. */
export function keepReturnPath(path: string | undefined): void {
  if (path !== undefined && isReturnPath(path)) localStorage.setItem(storedAs, path);
  else localStorage.removeItem(storedAs);
}

/** Where somebody wanted to go who had to sign in first; once. */
export function takeReturnPath(): string {
  const path = localStorage.getItem(storedAs);
  localStorage.removeItem(storedAs);
  return path !== null && isReturnPath(path) ? path : '/';
}
