import { needsName } from './needs-name.js';

describe('who says "I am on it" gives a name', () => {
  it.each([
    ['technicalEmergency', 'page@acme-tours.example', true],
    ['technicalEmergency', 'ana.souza@acme-tours.example', false],
    ['technicalNonEmergency', 'dev@acme-tours.example', true],
    ['alertContacts', 'ana@acme-tours.example', false],
    ['accountOwner', 'owner@platform.example', false],
    ['operators', 'operators@platform.example', true],
  ] as const)('as one of %s at %s: %s', (step, address, expected) => {
    expect(needsName({ step, address })).toBe(expected);
  });
});
