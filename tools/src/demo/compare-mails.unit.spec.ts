import { compareMails } from './compare-mails.js';

const mail = (eventId: string, recipient = 'page@acme-tours.example', subject = 'Emergency') => ({
  ...{ eventId, recipient, subject },
});

describe('the demo’s comparison', () => {
  it('finds no difference when exactly the expected mails arrived, in any order', () => {
    expect(compareMails([mail('1'), mail('2')], [mail('2'), mail('1')])).toEqual({
      missing: [],
      unexpected: [],
    });
  });

  it.each([
    ['a mail that did not arrive', [mail('1')], [], { missing: [mail('1')], unexpected: [] }],
    ['a mail nobody expected', [], [mail('1')], { missing: [], unexpected: [mail('1')] }],
    ['a second copy', [mail('1')], [mail('1'), mail('1')], { missing: [], unexpected: [mail('1')] }],
    [
      'a mail that went to somebody else',
      [mail('1', 'a@x.example')],
      [mail('1', 'b@x.example')],
      { missing: [mail('1', 'a@x.example')], unexpected: [mail('1', 'b@x.example')] },
    ],
  ])('shows %s', (_name, expected, arrived, difference) => {
    expect(compareMails(expected, arrived)).toEqual(difference);
  });
});
