import { useBrowser } from '../support/browser.js';
import { countBytesReceived } from '../support/bytes-received.js';
import { useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

/** Compressed, with headers and what the API answers, in bytes. */
const mostReceived = 250_000;

describe('the gate', () => {
  it('weighs little: from the first page that somebody opens until its form is there', async () => {
    const visitor = await browser().visitor({ locale: 'es' });
    const received = await countBytesReceived(visitor.page);
    await browser().signIn(visitor, 'noah@nova-stays.example');
    await visitor.page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await visitor.page.waitForLoadState('networkidle');
    expect(received()).toBeGreaterThan(mostReceived / 2);
    expect(received()).toBeLessThan(mostReceived);
  });
});
