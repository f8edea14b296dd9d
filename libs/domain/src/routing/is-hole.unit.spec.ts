import type { ChainStep, SuppressionReason } from '@signalbox/contracts';
import { isHole } from './is-hole.js';

const told = (step: ChainStep, suppressed?: SuppressionReason) => ({
  ...{ address: 'a@b.example', language: 'en', step, why: 'category' as const, reinstated: 0 },
  ...(suppressed !== undefined && { suppressed }),
});

it.each([
  ['somebody of the partner is told', [told('technicalEmergency')], false],
  ['somebody stands in for them', [told('technicalNonEmergency'), told('operators')], false],
  ['only people of the platform are told', [told('accountOwner'), told('operators')], true],
  ['the partner is not to be told', [told('alertContacts', 'alerts-are-production-only')], true],
  ['nobody is told', [], true],
])('%s', (_, tell, hole) => {
  expect(isHole({ tell })).toBe(hole);
});
