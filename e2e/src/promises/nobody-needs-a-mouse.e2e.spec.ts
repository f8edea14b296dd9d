import { useBrowser } from '../support/browser.js';
import { newPartner } from '../support/contact-form.js';
import { tabTo } from '../support/keyboard.js';
import { useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

it('the gate is filled in by the keyboard alone', async () => {
  const { account, email } = await newPartner(signalbox());
  const { page } = await browser().personOf(email);
  await page.getByRole('dialog').waitFor();
  const type = async (name: string, text: string) => {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.type(text);
  };
  await tabTo(page, '#field-alertContacts input');
  await page.keyboard.press('Space');
  for (const field of [
    'technicalEmergency',
    'technicalNonEmergency',
    'merchantIssues',
    'operationalInternal',
  ]) {
    await type(`${field}.addresses.0.email`, `${field.toLowerCase()}@${account}.example`);
  }
  await type('operationalShared.email', `help@${account}.example`);
  await tabTo(page, '[name="operationalShared.isBrandSupportAlias"]');
  await page.keyboard.press('Space');
  await tabTo(page, '#field-operationalSupport button');
  await page.keyboard.press('Enter');
  await tabTo(page, 'form button[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Everything required is there' }).waitFor();
}, 150_000);
