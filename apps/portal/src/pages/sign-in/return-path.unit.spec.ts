import { isReturnPath } from './return-path.js';

describe('after signing in', () => {
  it.each(['/', '/users', '/events/e1?environment=sandbox', '/events/a%2Fb'])(
    '%s is a place of the portal',
    (path) => {
      expect(isReturnPath(path)).toBe(true);
    },
  );

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', 'users'])(
    '%j leads to no other site',
    (path) => {
      expect(isReturnPath(path)).toBe(false);
    },
  );
});
