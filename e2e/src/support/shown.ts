import type { Page } from 'playwright-core';

/** Resolves when a page of the portal is there and nothing of it is loading any more. */
export async function shown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  // What is still loading shows that it does.
  await page.locator('.mantine-Loader-root, .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
}
