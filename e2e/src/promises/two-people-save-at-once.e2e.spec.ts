import { useBrowser } from '../support/browser.js';
import { ContactForm, newPartner } from '../support/contact-form.js';
import { useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

it('who saves second sees both versions, chooses, and loses nothing of either', async () => {
  const { account, email } = await newPartner(signalbox());
  const [one, other] = [await browser().personOf(email), await browser().personOf(email)];
  await other.page.goto('');
  const [theirs, mine] = [new ContactForm(one.page), new ContactForm(other.page)];
  await mine.address('technicalEmergency').fill(`mine@${account}.example`);
  await mine.address('technicalNonEmergency').fill(`tech@${account}.example`);
  await theirs.address('technicalEmergency').fill(`theirs@${account}.example`);
  await theirs.address('merchantIssues').fill(`merchants@${account}.example`);
  await theirs.saves().click();
  await one.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();

  await mine.saves().click();
  const conflict = other.page.getByRole('region', { name: 'Somebody else has saved meanwhile' });
  await conflict.waitFor();
  const both = conflict.getByRole('radiogroup', { name: 'Technical emergency' });
  expect(await both.textContent()).toContain(`mine@${account}.example`);
  expect(await both.textContent()).toContain(`theirs@${account}.example`);
  const save = conflict.getByRole('button');
  expect(await save.isDisabled()).toBe(true);
  await both.getByRole('radio', { name: /^Theirs/ }).check();
  await save.click();
  await other.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();

  const { information } = await signalbox().contactInformation(account);
  expect(information).toMatchObject({
    technicalEmergency: { addresses: [{ email: `theirs@${account}.example` }] },
    technicalNonEmergency: { addresses: [{ email: `tech@${account}.example` }] },
    merchantIssues: { addresses: [{ email: `merchants@${account}.example` }] },
  });
});

it('what somebody has not saved meets a newer version after a reload too', async () => {
  const { account, email } = await newPartner(signalbox());
  const { page } = await browser().personOf(email);
  const form = new ContactForm(page);
  await form.address('technicalEmergency').fill(`mine@${account}.example`);
  await signalbox().saveContacts(account, {
    technicalEmergency: { addresses: [{ email: `theirs@${account}.example` }] },
  });
  await page.reload();
  const conflict = page.getByRole('region', { name: 'Somebody else has saved meanwhile' });
  await conflict.getByRole('radio', { name: /^Yours/ }).check();
  await conflict.getByRole('button').click();
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  const { information } = await signalbox().contactInformation(account);
  expect(information.technicalEmergency?.addresses).toEqual([{ email: `mine@${account}.example` }]);
});

it('who saves what somebody else has just saved too has nothing to choose', async () => {
  const { account, email } = await newPartner(signalbox());
  const { page } = await browser().personOf(email);
  const form = new ContactForm(page);
  const alias = `page@${account}.example`;
  await form.address('technicalEmergency').fill(alias);
  await signalbox().saveContacts(account, { technicalEmergency: { addresses: [{ email: alias }] } });
  await form.saves().click();
  await page.getByRole('status').filter({ hasText: 'Somebody else has saved just that meanwhile' }).waitFor();
  expect(await page.getByRole('region', { name: 'Somebody else has saved meanwhile' }).count()).toBe(0);
  expect(await form.saves().isEnabled()).toBe(true);
});
