import type { ContactInformation, PortalUserAnswer } from '@signalbox/contracts';
import type { z } from 'zod';
import { useBrowser } from '../support/browser.js';
import { ContactForm, newPartner } from '../support/contact-form.js';
import { useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

/** An account in production whose one alert contact is Max; Zoe is its admin. */
async function launchedPartner() {
  const { account, email } = await newPartner(signalbox());
  const { operator } = signalbox();
  const path = `/v1/accounts/${account}`;
  const max = await addColleague(account, 'Max');
  const addresses = (name: string) => ({ addresses: [{ email: `${name}@${account}.example` }] });
  const information: Partial<ContactInformation> = {
    alertContacts: { userIds: [max] },
    technicalEmergency: addresses('page'),
    technicalNonEmergency: addresses('tech'),
    merchantIssues: addresses('merchants'),
    operationalInternal: addresses('ops'),
    operationalShared: { email: `help@${account}.example`, isBrandSupportAlias: true },
    operationalSupport: {
      hours: [{ days: ['mon'], opens: '09:00', closes: '17:00', timeZone: 'Europe/Madrid' }],
    },
  };
  await signalbox().saveContacts(account, information);
  await operator.call('POST', `${path}/launch`, { expect: [200] });
  return { account, email };
}

async function addColleague(account: string, name: string): Promise<string> {
  const { operator } = signalbox();
  const { body } = await operator.call<z.infer<typeof PortalUserAnswer>>(
    'POST',
    `/v1/accounts/${account}/users`,
    { body: { email: `${name.toLowerCase()}@${account}.example`, name, role: 'member' }, expect: [201] },
  );
  return body.user.id;
}

it('an admin invites, sends again and takes back; who is removed is asked about, and the last alert contact stays', async () => {
  const { account, email } = await launchedPartner();
  const { page } = await browser().personOf(email);
  const dialog = page.getByRole('dialog');

  await page.goto('contact-information');
  await page.getByRole('button', { name: 'Invite someone' }).click();
  const guest = `guest@${account}.example`;
  await dialog.getByLabel('Mail address').fill(guest);
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  const onItsWay = dialog.getByText(`An invitation is on its way to ${guest}.`);
  await onItsWay.waitFor();
  await dialog.getByLabel('Mail address').fill('nobody');
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await onItsWay.waitFor({ state: 'detached' });
  const first = await signalbox().linkMailedTo(guest, '/invitation');

  await page.goto('users');
  await page.getByRole('button', { name: `Send again to ${guest}` }).click();
  await page.getByText('Sent. The link before it holds no longer.').waitFor();
  const second = await signalbox().linkMailedTo(guest, '/invitation');
  await page.getByRole('button', { name: `Take back the invitation to ${guest}` }).click();
  await dialog.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('Nobody is invited at the moment.').waitFor();
  await page.locator('h2:focus', { hasText: 'Invited, not here yet' }).waitFor();
  const invited = await browser().visitor();
  for (const link of [first, second]) {
    await invited.page.goto(link.href);
    await invited.page.getByRole('main').getByRole('button').click();
    await invited.page.getByRole('alert').waitFor();
  }

  const remove = page.getByRole('button', { name: 'Remove Max' });
  await remove.click();
  await dialog.getByText('and as an alert contact they are told nothing more').waitFor();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByText('This is the last alert contact of an account in production.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.goto('contact-information');
  await page.getByRole('checkbox', { name: /^Zoe/ }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  await page.goto('users');
  await remove.click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await remove.waitFor({ state: 'detached' });
  expect((await signalbox().contactInformation(account)).information.alertContacts?.userIds).toHaveLength(1);
});

it('a colleague who has left keeps nobody from saving, and is named as long as somebody has them chosen', async () => {
  const { account, email } = await launchedPartner();
  const [bob, eve] = [await addColleague(account, 'Bob'), await addColleague(account, 'Eve')];
  const leaves = (user: string) =>
    signalbox().operator.call('DELETE', `/v1/accounts/${account}/users/${user}`, { expect: [200] });
  const { page } = await browser().personOf(email);
  await page.goto('contact-information');
  const form = new ContactForm(page);
  const saved = page.getByRole('status').filter({ hasText: 'Saved' });
  await page.getByRole('checkbox', { name: /^Bob/ }).check();
  await form.saves().click();
  await saved.waitFor();

  await leaves(bob);
  await form.address('technicalEmergency').fill(`pager@${account}.example`);
  await form.saves().click();
  const conflict = page.getByRole('region', { name: 'Somebody else has saved meanwhile' });
  await conflict.getByRole('radiogroup', { name: 'Alert contacts' }).waitFor();
  await conflict.getByRole('button').click();
  await saved.waitFor();

  await page.getByRole('checkbox', { name: /^Eve/ }).check();
  await leaves(eve);
  await form.saves().click();
  const list = page
    .getByRole('alert')
    .getByRole('button', { name: 'Alert contacts: Choose users of this account.' });
  const takeOut = page.getByRole('button', { name: `Take out Eve (eve@${account}.example)` });
  await takeOut.waitFor();
  await list.click();
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Take out');
  await page.reload();
  await takeOut.click();
  expect(await page.evaluate('document.activeElement.id')).toBe('field-alertContacts');
  await form.saves().click();
  await saved.waitFor();

  const emergency = form.address('technicalEmergency');
  await emergency.fill('nobody@acme.example');
  await page.getByRole('button', { name: 'Discard my changes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await emergency.inputValue()).toBe(`pager@${account}.example`);
  await page.locator('form button[type=submit]:focus').waitFor();
  const { information } = await signalbox().contactInformation(account);
  expect(information.alertContacts?.userIds).toHaveLength(1);
  expect(information.technicalEmergency?.addresses).toEqual([{ email: `pager@${account}.example` }]);
});
