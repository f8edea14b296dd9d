import { useBrowser } from '../support/browser.js';
import { token, useSignalbox } from '../support/signalbox.js';

const page = 'page@acme-tours.example';
const dev = 'dev@acme-tours.example';

describe('somebody is on it', () => {
  const signalbox = useSignalbox({ restart: true });
  const browser = useBrowser(signalbox);

  async function emergency(): Promise<{ id: string; title: string }> {
    const title = `${token()} disabled`;
    const { body } = await signalbox().post({ kind: 'emergency', title });
    await signalbox().mailsArrived(title, 1);
    return { id: body.accepted?.[0]?.id ?? '', title };
  }

  it('who follows the link of the mail and presses the button is recorded, and the next one learns who was first', async () => {
    const { id, title } = await emergency();
    const link = await signalbox().linkMailedTo(page, '/acknowledge');
    const first = await browser().visitor();
    await first.page.goto(link.href);
    await first.page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(new URL(first.page.url()).search).toBe('');
    expect((await signalbox().event(id)).acknowledgement).toBeNull();

    await first.page.getByRole('button', { name: 'I am on it' }).click();
    await first.page.getByText('Fill this in.').waitFor();
    await first.page.getByRole('textbox', { name: 'Your name' }).fill('Bia <b>of the night</b>');
    await first.page.getByRole('button', { name: 'I am on it' }).click();
    await first.page.getByText('It is recorded that you are on it.').waitFor();

    const second = await browser().visitor();
    await second.page.goto(link.href);
    await second.page.getByText('Bia <b>of the night</b> said so').waitFor();
    expect((await signalbox().event(id)).acknowledgement).toMatchObject({ by: 'Bia <b>of the night</b>' });
  });

  it('an emergency that nobody acknowledges goes to the next step once, though router and worker were killed meanwhile', async () => {
    await signalbox().operator.call('PATCH', '/v1/accounts/acme-tours', {
      body: { acknowledgeWithinMinutes: 1 },
      expect: [200],
    });
    const { id, title } = await emergency();
    signalbox().stack.process('notification-router').kill('SIGKILL');
    signalbox().stack.process('email-worker').kill('SIGKILL');
    await signalbox().mailsArrived(title, 2, 150_000);
    await signalbox().settled();
    expect(await signalbox().recipientsAbout(title)).toEqual([dev, page]);
    const { rounds } = await signalbox().event(id);
    expect(rounds.map(({ because }) => because)).toEqual(['accepted', 'not-acknowledged']);
  }, 240_000);
});
