import type { Page } from 'playwright-core';

/** Counts from now on what a page receives over the wire, headers and all, as the browser's own tools count it. */
export async function countBytesReceived(page: Page): Promise<() => number> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.enable');
  let received = 0;
  devTools.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength));
  return () => received;
}
