import { SupportRange, suggestTimeZone, TimeZone } from '../index.js';

describe('a time zone', () => {
  it.each([
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'UTC',
    'Etc/GMT+3',
    'EST',
  ])('may be %s, a name that the zone data know', (zone) => {
    expect(TimeZone.parse(zone)).toBe(zone);
  });

  it.each(['+03:00', '-0300', 'GMT-3', 'UTC+3', '', ' ', 'Mars/Base', '__proto__', `A${'a'.repeat(64)}`])(
    'is not %j',
    (zone) => {
      const { error } = TimeZone.safeParse(zone);
      expect(error?.issues.at(-1)).toMatchObject({ params: { code: 'invalid-time-zone' } });
      expect(error?.issues.at(-1)?.message).toContain('for example America/Sao_Paulo');
    },
  );

  it('that is refused comes with the one that was meant', () => {
    const { error } = SupportRange.shape.timeZone.safeParse('Brazil/Sao Paulo');
    expect(error?.issues[0]?.message).toBe('is not a time zone. Did you mean America/Sao_Paulo?');
  });
});

describe('the zone that was meant', () => {
  it.each([
    ['sao paulo', 'America/Sao_Paulo'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['america/sao paulo', 'America/Sao_Paulo'],
    ['America/SaoPaulo', 'America/Sao_Paulo'],
    ['America/Sao-Paulo', 'America/Sao_Paulo'],
    ['America/Sao_Paolo', 'America/Sao_Paulo'],
    ['Brazil/Sao_Paulo', 'America/Sao_Paulo'],
    ['Berlin', 'Europe/Berlin'],
    ['Europe/Berln', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['US/New_York', 'America/New_York'],
    ['Buenos Aires', 'America/Argentina/Buenos_Aires'],
    ['lord howe', 'Australia/Lord_Howe'],
    ['porto-novo', 'Africa/Porto-Novo'],
  ])('by %j is %s', (text, zone) => {
    // Zone data of newer runtimes call some by another of their names.
    const names = [zone, zone.replace('America/Argentina/', 'America/')];
    expect(names).toContain(suggestTimeZone(text));
  });

  it.each(['kolkata', 'India/Kolkata'])('by %j is known by its newer name', (text) => {
    expect(suggestTimeZone(text)).toBe('Asia/Kolkata');
  });

  it.each(['Mars/Base', 'BRT', '+03:00', '', 'x', 'America/'.repeat(20)])('by %j is none', (text) => {
    expect(suggestTimeZone(text)).toBeUndefined();
  });
});
