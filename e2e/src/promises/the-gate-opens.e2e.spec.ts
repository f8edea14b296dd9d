import { useBrowser } from '../support/browser.js';
import { countBytesReceived } from '../support/bytes-received.js';
import { ContactForm, newPartner } from '../support/contact-form.js';
import { useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

/** Compressed, with headers and what the API answers, in bytes. */
const mostReceived = 240_000;

describe('the gate', () => {
  it.each([
    ['en-GB', 'en', 'Before you go on', 'Everything required is there'],
    ['pt-PT', 'pt-BR', 'Antes de continuar', 'Tudo o que é obrigatório está preenchido'],
    ['es-MX', 'es', 'Antes de continuar', 'Todo lo obligatorio está rellenado'],
  ])(
    'in the language of a browser in %s opens when all is filled in',
    async (locale, language, before, after) => {
      const { account, email } = await newPartner(signalbox());
      const visitor = await browser().visitor({ locale });
      const { page } = visitor;
      await browser().signIn(visitor, email);
      await page.getByRole('dialog', { name: before }).waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe(language);
      await page.keyboard.press('Escape');

      const form = new ContactForm(page);
      await form.fillTechnical(account);
      await form.fillOperational(account);
      expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('100');
      await form.saves().click();
      await page.getByRole('status').filter({ hasText: after }).waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.getByRole('navigation').first().waitFor();
      expect((await signalbox().contactInformation(account)).information).toMatchObject({
        technicalEmergency: { addresses: [{ email: `page@${account}.example` }] },
        operationalShared: { isBrandSupportAlias: true },
      });
    },
  );

  it('is there soon: from the first page until its form, little is received', async () => {
    const { email } = await newPartner(signalbox());
    const visitor = await browser().visitor({ locale: 'es' });
    const received = await countBytesReceived(visitor.page);
    await browser().signIn(visitor, email);
    await visitor.page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await visitor.page.waitForLoadState('networkidle');
    expect(received()).toBeGreaterThan(mostReceived / 2);
    expect(received()).toBeLessThan(mostReceived);
  });

  it('says all that is wrong at once, each with a link to its input, and keeps what is there past a reload', async () => {
    const { email } = await newPartner(signalbox());
    const { page } = await browser().personOf(email);
    const form = new ContactForm(page);
    await form.address('technicalEmergency').fill('no address');
    await form.named('operationalShared.email').fill('help@acme.example');
    await page.reload();
    await form.address('technicalEmergency').waitFor();
    expect(await form.address('technicalEmergency').inputValue()).toBe('no address');

    await form.saves().click();
    const links = page.getByRole('alert').getByRole('button');
    await links.first().click();
    const focused = () => page.evaluate('document.activeElement.name');
    expect(await focused()).toBe('technicalEmergency.addresses.0.email');
    expect(await form.address('technicalEmergency').getAttribute('aria-invalid')).toBe('true');

    await form.address('technicalEmergency').fill('page@acme.example');
    await form.saves().click();
    await page.getByRole('alert').getByRole('button', { name: /alias/ }).click();
    expect(await focused()).toBe('operationalShared.isBrandSupportAlias');
  });

  it('asks for no alert contacts in sandbox, and says where they are chosen', async () => {
    const { account, email } = await newPartner(signalbox());
    const { page } = await browser().personOf(email);
    await page.goto('?environment=sandbox');
    const form = new ContactForm(page);
    await form.in('alertContacts', 'legend').getByText('Production only').waitFor();
    expect(await form.in('alertContacts', 'input').count()).toBe(0);
    await form.address('technicalEmergency').fill(`page@${account}.example`);
    await form.address('technicalNonEmergency').fill(`tech@${account}.example`);
    await form.fillOperational(account);
    await form.saves().click();
    await page.getByRole('status').filter({ hasText: 'Everything required is there' }).waitFor();
    await page.goto('?environment=production');
    await form.in('alertContacts', 'input').first().waitFor();
  });
});
