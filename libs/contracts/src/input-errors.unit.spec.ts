import { z } from 'zod';
import { inputErrors, jsonPointer } from './input-errors.js';

it('what is wrong with an item stands under its place in the batch', () => {
  const parsed = z.strictObject({ title: z.string() }).safeParse({}, { reportInput: true });
  expect(inputErrors(parsed.error?.issues ?? [], [4])).toEqual([
    { pointer: '/4/title', code: 'required', detail: '4.title is required.' },
  ]);
});

it('escapes ~ and / of a name as RFC 6901 says', () => {
  expect(jsonPointer(['a/b', 'm~n', 0, ''])).toBe('/a~1b/m~0n/0/');
  expect(jsonPointer([])).toBe('');
});
