import { useBrowser } from '../support/browser.js';
import { ContactForm, newPartner } from '../support/contact-form.js';
import { useSignalbox } from '../support/signalbox.js';

const signalbox = useSignalbox();
const browser = useBrowser(signalbox);

it('hours of every day, over midnight and all day, in several zones and with closed dates are saved as they were put in', async () => {
  const { account, email } = await newPartner(signalbox());
  const { page } = await browser().personOf(email, { timezoneId: 'America/Sao_Paulo' });
  const form = new ContactForm(page);
  const hours = (number: number) => page.getByRole('group', { name: `Hours ${number}`, exact: true });
  const add = page.getByRole('button', { name: 'Add hours' });
  const addDate = page.getByRole('button', { name: 'Add a closed date' });

  await add.click();
  await hours(1).getByLabel('Fri').uncheck();
  await hours(1).getByLabel('Opens').fill('8:00');
  expect(await hours(1).getByText('over midnight').count()).toBe(0);
  await hours(1).getByLabel('Opens').fill('22:00');
  await hours(1).getByLabel('Closes').fill('6:00');
  await hours(1).getByText('From 22:00 over midnight until 06:00 of the next day.').waitFor();
  await hours(1).getByRole('button', { name: 'Copy to the other days: hours 1' }).click();
  await hours(2).getByLabel('Opens').fill('00:00');
  await hours(2).getByLabel('Closes').fill('24:00');
  await hours(2).getByLabel('Time zone').fill('Asia/Tokyo');
  expect(await page.getByRole('button', { name: /^Copy to/ }).count()).toBe(0);
  await hours(2).getByRole('button', { name: 'Add to the other days too: hours 2' }).click();
  await hours(3).getByRole('button', { name: 'Remove hours 3' }).click();
  const focused = () => page.evaluate('document.activeElement.textContent');
  expect(await focused()).toBe('Add hours');
  await hours(2).getByLabel('Opens').fill('midnight');
  await form.saves().click();
  await hours(2).getByText('Write a time of day like 09:00.').waitFor();
  await hours(2).getByLabel('Opens').fill('0:00');
  await add.click();
  await page.getByRole('button', { name: 'Remove hours 3' }).click();

  for (const [place, date] of ['2030-12-24', '2030-12-25'].entries()) {
    await addDate.click();
    await form.named(`operationalSupport.closedDates.${place}`).fill(date);
  }
  await page.getByRole('button', { name: 'Remove closed date 1' }).click();
  expect(await focused()).toBe('Add a closed date');
  await form.saves().click();
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();

  const { information } = await signalbox().contactInformation(account);
  const [night, allDay] = [
    { days: ['mon', 'tue', 'wed', 'thu'], opens: '22:00', closes: '06:00', timeZone: 'America/Sao_Paulo' },
    { days: ['fri', 'sat', 'sun'], opens: '00:00', closes: '24:00', timeZone: 'Asia/Tokyo' },
  ];
  expect(information.operationalSupport).toEqual({ hours: [night, allDay], closedDates: ['2030-12-25'] });

  await page.reload();
  await hours(2).waitFor();
  expect(await hours(3).count()).toBe(0);
  expect(await hours(2).getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo');
  expect(await hours(2).getByRole('checkbox', { checked: true }).count()).toBe(3);
  expect(await form.named('operationalSupport.closedDates.0').inputValue()).toBe('2030-12-25');
});
