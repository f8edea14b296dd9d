import fc from 'fast-check';
import { maskReply } from './mask-reply.js';

it.each([
  ['250 2.0.0 Ok: queued as 4Xyz', '250 2.0.0 Ok: queued as 4Xyz'],
  ['550 5.1.1 <ana@acme-tours.example>: unknown user', '550 5.1.1 <[address]>: unknown user'],
  ['550 ana.b+c@acme.example, bob@acme.example rejected', '550 [address], [address] rejected'],
  ['550 "odd name"@acme.example is unknown', '550 [address] is unknown'],
  ['550 mailto:ana@acme.example', '550 mailto:[address]'],
  ['451 4.7.1 müller@größe.example greylisted', '451 4.7.1 [address] greylisted'],
  ['421 first line\r\n421 second line\u0000', '421 first line 421 second line'],
])('%j becomes %j', (reply, masked) => {
  expect(maskReply(reply)).toBe(masked);
});

it('leaves no address of any usual form, wherever it stands, and never more than 500 characters', () => {
  fc.assert(
    fc.property(fc.string(), fc.emailAddress(), fc.string(), (before, address, after) => {
      const masked = maskReply(`${before} <${address}> ${after}`);
      return !masked.includes(address) && masked.length <= 500;
    }),
  );
});
