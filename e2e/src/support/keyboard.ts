import type { Page } from 'playwright-core';

/** More presses than any page has places to go to. */
const mostPresses = 120;

/** Goes on by Tab until the focus is there. @throws when it never is: somebody without a mouse would not get there. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor();
  const isThere = `document.activeElement === document.querySelector(${JSON.stringify(selector)})`;
  const passed: string[] = [];
  while (passed.length < mostPresses) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(isThere)) === true) return;
    passed.push(await page.evaluate('document.activeElement.outerHTML.slice(0, 80)'));
  }
  throw new Error(`the keyboard does not reach ${selector}, but:\n${passed.join('\n')}`);
}
