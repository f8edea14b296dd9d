import type { Locator, Page } from 'playwright-core';
import { randomUUID } from 'node:crypto';
import type { Signalbox } from './signalbox.js';

/** A new account whose gate is closed, with one user, an admin. */
export async function newPartner({ operator }: Signalbox): Promise<{ account: string; email: string }> {
  const account = `partner-${randomUUID().slice(0, 8)}`;
  const email = `zoe@${account}.example`;
  await operator.call('POST', '/v1/accounts', {
    body: { id: account, name: account, integrationType: 'reservations', owner: 'owner@signalbox.example' },
    expect: [201],
  });
  await operator.call('POST', `/v1/accounts/${account}/users`, {
    body: { email, name: 'Zoe', role: 'admin' },
    expect: [201],
  });
  return { account, email };
}

/** The form of the contact information, by the names of its inputs, which are the same in every language. */
export class ContactForm {
  constructor(private readonly page: Page) {}

  address = (field: string, place = 0): Locator => this.named(`${field}.addresses.${place}.email`);
  named = (name: string): Locator => this.page.locator(`[name="${name}"]`);
  in = (field: string, what: string): Locator => this.page.locator(`#field-${field} ${what}`);
  saves = (): Locator => this.page.locator('form button[type=submit]').first();

  async fillOperational(account: string): Promise<void> {
    await this.address('merchantIssues').fill(`merchants@${account}.example`);
    await this.address('operationalInternal').fill(`ops@${account}.example`);
    await this.named('operationalShared.email').fill(`help@${account}.example`);
    await this.named('operationalShared.isBrandSupportAlias').check();
    await this.in('operationalSupport', 'button').first().click();
  }

  async fillTechnical(account: string): Promise<void> {
    await this.in('alertContacts', 'input[type=checkbox]').first().check();
    await this.address('technicalEmergency').fill(`page@${account}.example`);
    await this.address('technicalNonEmergency').fill(`tech@${account}.example`);
  }
}
