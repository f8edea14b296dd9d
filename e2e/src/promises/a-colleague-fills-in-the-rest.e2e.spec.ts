import { useBrowser } from '../support/browser.js';
import { ContactForm, newPartner } from '../support/contact-form.js';
import { useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

it('who is not the right person invites a colleague from the gate, who fills in the rest and opens it for both', async () => {
  const { account, email } = await newPartner(signalbox());
  const first = await browser().personOf(email);
  const form = new ContactForm(first.page);
  await form.fillOperational(account);
  await form.saves().click();
  await first.page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();

  const colleague = `cto@${account}.example`;
  await first.page.getByRole('tab', { name: 'Users' }).click();
  const panel = first.page.getByRole('tabpanel', { name: 'Users' });
  await panel.locator('[name=email]').fill(colleague);
  await panel.locator('form button[type=submit]').click();

  const link = await signalbox().linkMailedTo(colleague, '/invitation');
  const second = await browser().visitor();
  await second.page.goto(link.href);
  await second.page.getByRole('main').getByRole('button').click();
  const rest = new ContactForm(second.page);
  await rest.address('operationalInternal').waitFor();
  expect(await rest.address('operationalInternal').inputValue()).toBe(`ops@${account}.example`);
  await rest.fillTechnical(account);
  await rest.saves().click();
  await second.page.getByRole('status').filter({ hasText: 'Everything required is there' }).waitFor();

  await first.page.reload();
  await first.page.getByRole('navigation').first().waitFor();
  expect(await first.page.getByRole('dialog').count()).toBe(0);
});
