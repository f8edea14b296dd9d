import fc from 'fast-check';
import { SupportHours, weekdays, type SupportRange } from '@signalbox/contracts';
import { isOpen, nextClosing, nextOpening } from './index.js';

const everyDay: SupportRange['days'] = [...weekdays];
const at = (instant: string) => new Date(instant);
const range = (
  days: SupportRange['days'],
  opens: string,
  closes: string,
  timeZone = 'Europe/Berlin',
): SupportRange => ({ days, opens, closes, timeZone });

type Row = [
  promise: string,
  hours: SupportHours,
  at: string,
  open: boolean,
  opening: string,
  closing: string,
];

/** Reads a row: at this instant open or not, and what the next turns are. `never` stands for null. */
function check(...[, hours, instant, open, opening, closing]: Row): void {
  const shown = (turn: Date | null) => turn?.toISOString().replace(':00.000Z', 'Z') ?? 'never';
  expect({
    open: isOpen(hours, at(instant)),
    opening: shown(nextOpening(hours, at(instant))),
    closing: shown(nextClosing(hours, at(instant))),
  }).toEqual({ open, opening, closing });
}

describe('support hours', () => {
  const office = { hours: [range(['mon', 'tue'], '09:00', '17:00')] };
  const night = { hours: [range(['fri'], '22:00', '06:00')] };
  const table: Row[] = [
    ['are closed before', office, '2026-11-23T07:59:59Z', false, '2026-11-23T08:00Z', '2026-11-23T16:00Z'],
    ['open on the minute', office, '2026-11-23T08:00:00Z', true, '2026-11-24T08:00Z', '2026-11-23T16:00Z'],
    ['close on the minute', office, '2026-11-23T16:00:00Z', false, '2026-11-24T08:00Z', '2026-11-24T16:00Z'],
    [
      'wait for the next week',
      office,
      '2026-11-25T10:00:00Z',
      false,
      '2026-11-30T08:00Z',
      '2026-11-30T16:00Z',
    ],
    ['run past midnight', night, '2026-11-28T04:59:00Z', true, '2026-12-04T21:00Z', '2026-11-28T05:00Z'],
    [
      'of 09:00 to 09:00 are a day and a night',
      { hours: [range(['mon'], '09:00', '09:00')] },
      '2026-11-24T07:59:00Z',
      true,
      '2026-11-30T08:00Z',
      '2026-11-24T08:00Z',
    ],
    [
      'of 00:00 to 00:00 are all day, as 00:00 to 24:00 are',
      { hours: [range(['mon'], '00:00', '00:00'), range(['tue'], '00:00', '24:00')] },
      '2026-11-23T10:00:00Z',
      true,
      '2026-11-29T23:00Z',
      '2026-11-24T23:00Z',
    ],
    [
      'that overlap are one, in several zones too',
      {
        hours: [
          range(['mon'], '09:00', '17:00'),
          range(['mon'], '09:00', '10:00'),
          range(['mon'], '09:30', '12:30', 'America/Sao_Paulo'),
          range(['mon'], '10:30', '18:00', 'America/New_York'),
        ],
      },
      '2026-11-23T08:30:00Z',
      true,
      '2026-11-30T08:00Z',
      '2026-11-23T23:00Z',
    ],
    [
      'begin not on a closed date, and their part after midnight neither',
      { ...night, closedDates: ['2026-11-27'] },
      '2026-11-28T04:59:00Z',
      false,
      '2026-12-04T21:00Z',
      '2026-12-05T05:00Z',
    ],
    [
      'go on into a closed date when they began the day before',
      { ...night, closedDates: ['2026-11-28'] },
      '2026-11-28T04:59:00Z',
      true,
      '2026-12-04T21:00Z',
      '2026-11-28T05:00Z',
    ],
    [
      'have a closed date in the zone of each range',
      {
        hours: [
          range(['wed', 'thu'], '00:00', '24:00', 'Pacific/Auckland'),
          range(['wed'], '00:00', '24:00', 'Pacific/Honolulu'),
        ],
        closedDates: ['2026-11-25'],
      },
      '2026-11-25T05:00:00Z',
      false,
      '2026-11-25T11:00Z',
      '2026-11-26T11:00Z',
    ],
    ['of nobody are never open', { hours: [] }, '2026-11-23T10:00:00Z', false, 'never', 'never'],
    [
      'around the clock never turn',
      { hours: [range(everyDay, '00:00', '24:00')] },
      '2026-11-23T10:00:00Z',
      true,
      'never',
      'never',
    ],
    [
      'around the clock by halves never turn',
      { hours: [range(everyDay, '06:00', '18:00'), range(everyDay, '18:00', '06:00')] },
      '2026-03-29T00:59:00Z',
      true,
      'never',
      'never',
    ],
    [
      'around the clock close for a closed date a year away',
      { hours: [range(everyDay, '00:00', '24:00')], closedDates: ['2027-12-25'] },
      '2026-11-23T10:00:00Z',
      true,
      '2027-12-25T23:00Z',
      '2027-12-24T23:00Z',
    ],
    [
      'closed on four hundred dates in a row open after them',
      {
        hours: [range(everyDay, '09:00', '17:00', 'UTC')],
        closedDates: Array.from({ length: 400 }, (_, day) =>
          new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
        ),
      },
      '2026-01-01T00:00:00Z',
      false,
      '2027-02-05T09:00Z',
      '2027-02-05T17:00Z',
    ],
  ];
  it.each(table)('%s', check);
});

describe('when clocks go forward (Berlin, 2026-03-29, 02:00 to 03:00)', () => {
  const table: Row[] = [
    [
      'a range among the times that are left out does not open',
      { hours: [range(['sun'], '02:15', '02:45')] },
      '2026-03-29T00:00:00Z',
      false,
      '2026-04-05T00:15Z',
      '2026-04-05T00:45Z',
    ],
    [
      'a range that begins among them opens at the jump',
      { hours: [range(['sun'], '02:15', '04:00')] },
      '2026-03-29T00:59:00Z',
      false,
      '2026-03-29T01:00Z',
      '2026-03-29T02:00Z',
    ],
    [
      'a range that ends among them closes at the jump',
      { hours: [range(['sun'], '01:00', '02:30')] },
      '2026-03-29T00:30:00Z',
      true,
      '2026-04-04T23:00Z',
      '2026-03-29T01:00Z',
    ],
    [
      'a midnight that is left out ends the day at the jump (São Paulo, 2018-11-04)',
      { hours: [range(['sat'], '20:00', '24:00', 'America/Sao_Paulo')] },
      '2018-11-04T02:59:00Z',
      true,
      '2018-11-10T22:00Z',
      '2018-11-04T03:00Z',
    ],
  ];
  it.each(table)('%s', check);
});

describe('when clocks go back (Berlin, 2026-10-25, 03:00 to 02:00)', () => {
  const table: Row[] = [
    [
      'times that come twice are open twice',
      { hours: [range(['sun'], '02:15', '02:45')] },
      '2026-10-25T00:20:00Z',
      true,
      '2026-10-25T01:15Z',
      '2026-10-25T00:45Z',
    ],
    [
      'a range over both stays open for the hour more',
      { hours: [range(['sun'], '01:00', '04:00')] },
      '2026-10-25T00:30:00Z',
      true,
      '2026-11-01T00:00Z',
      '2026-10-25T03:00Z',
    ],
    [
      'a day of 25 hours is open to its end (São Paulo, 2018-02-17)',
      { hours: [range(['sat'], '20:00', '24:00', 'America/Sao_Paulo')] },
      '2018-02-18T01:30:00Z',
      true,
      '2018-02-24T23:00Z',
      '2018-02-18T03:00Z',
    ],
  ];
  it.each(table)('%s', check);
});

describe('whatever the hours', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
  );
  const time = fc
    .record({ hour: fc.nat(23), minute: fc.nat(59) })
    .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const day = fc.date({ min: at('2018-01-01'), max: at('2019-12-31'), noInvalidDate: true });
  const anyHours = fc
    .record({
      hours: fc.array(
        fc.record({
          days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
          opens: time,
          closes: fc.oneof(time, fc.constant('24:00')),
          timeZone: zone,
        }),
        { maxLength: 6 },
      ),
      closedDates: fc.array(day.map((date) => date.toISOString().slice(0, 10))),
    })
    .map((hours) => SupportHours.parse(hours));

  it('they open and close at the turns, and at nothing before them', () => {
    fc.assert(
      fc.property(anyHours, day, fc.nat(10_000), (hours, now, thousandth) => {
        const open = isOpen(hours, now);
        const [opening, closing] = [nextOpening(hours, now), nextClosing(hours, now)];
        for (const [turn, after] of [
          [opening, true],
          [closing, false],
        ] as const) {
          if (turn === null) continue;
          expect(turn.getTime()).toBeGreaterThan(now.getTime());
          expect(isOpen(hours, turn)).toBe(after);
          expect(isOpen(hours, new Date(turn.getTime() - 1))).toBe(!after);
        }
        // Up to the nearest turn, nothing changes.
        const turn = open ? closing : opening;
        if (turn === null) return expect(open ? closing : opening).toBeNull();
        const between = now.getTime() + ((turn.getTime() - now.getTime() - 1) * thousandth) / 10_000;
        expect(isOpen(hours, new Date(Math.floor(between)))).toBe(open);
      }),
      { numRuns: 300 },
    );
  });

  it('the order of ranges, and a range named twice, change nothing', () => {
    fc.assert(
      fc.property(anyHours, day, ({ hours, closedDates }, now) => {
        const same = { hours: [...hours, ...hours].reverse(), closedDates };
        expect(nextOpening(same, now)).toEqual(nextOpening({ hours, closedDates }, now));
        expect(nextClosing(same, now)).toEqual(nextClosing({ hours, closedDates }, now));
      }),
      { numRuns: 100 },
    );
  });
});
