import type { InputErrorCode } from '@signalbox/contracts';
import { formErrorCode } from './form-error-code.js';

it.each<[InputErrorCode, string, string]>([
  ['too-short', 'operationalSupport.hours.2.days', 'noDay'],
  ['invalid-format', 'operationalSupport.hours.0.opens', 'noTime'],
  ['invalid-value', 'operationalSupport.hours.0.closes', 'noTime'],
  ['invalid-format', 'operationalSupport.closedDates.0', 'invalid-format'],
  ['too-many', 'technicalEmergency.addresses.0.email', 'tooMany'],
  ['too-many', 'alertContacts.userIds', 'tooMany'],
  ['too-many', 'operationalSupport.closedDates', 'too-many'],
  ['too-long', 'technicalEmergency.addresses.0.label', 'too-long'],
])('%s at %s is said as %s', (code, place, said) => {
  expect(formErrorCode(code, place)).toBe(said);
});
