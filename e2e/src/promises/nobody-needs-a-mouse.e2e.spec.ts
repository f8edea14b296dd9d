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
  await tabTo(page, '[role=tab]');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, '[role=tabpanel][id$=users] [name=email]');
  await page.keyboard.type(`colleague@${account}.example`);
  await tabTo(page, '[role=tabpanel][id$=users] button[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByText(`An invitation is on its way to colleague@${account}.example.`).waitFor();
  await tabTo(page, '[role=tab][aria-selected=true]');
  await page.keyboard.press('ArrowLeft');
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
  await tabTo(page, '#field-operationalSupport input[value=sat]');
  await page.keyboard.press('Space');
  for (const [name, text] of [
    ['opens', '22:00'],
    ['closes', '06:00'],
    ['timeZone', 'Europe/Madrid'],
  ] as const) {
    await tabTo(page, `[name="operationalSupport.hours.0.${name}"]`);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  }
  await tabTo(page, 'form button[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Everything required is there' }).waitFor();
  expect((await signalbox().contactInformation(account)).information.operationalSupport?.hours).toEqual([
    {
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
      opens: '22:00',
      closes: '06:00',
      timeZone: 'Europe/Madrid',
    },
  ]);
}, 150_000);
