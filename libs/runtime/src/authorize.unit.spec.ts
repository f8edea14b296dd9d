import type {
  KeyLimits,
  LimitRule,
  Membership,
  PortalUserPrincipal,
  Principal,
  Role,
  Route,
} from '@signalbox/contracts';
import { EnvironmentQuery, routes } from '@signalbox/contracts';
import { authorize, type AskingRequest } from './authorize.js';
import { problemBody, ProblemError } from './problem.js';

const key = (scope: 'events:send' | 'operator' | 'support', limits = {}): Principal => ({
  kind: 'api-key',
  id: 'k',
  name: 'spec',
  scopes: [scope],
  limits,
});
const staff = (role: 'operator' | 'support'): Principal => ({ kind: 'staff', id: 's', name: 'spec', role });
const open: Membership['missing'] = { sandbox: [], production: [] };
const user = (role: 'admin' | 'member', missing = open): Principal => ({
  kind: 'portal-user',
  id: 'p',
  memberships: [
    { account: 'acme-tours', user: 'u1', role, missing },
    { account: 'acme-stays', user: 'u2', role, missing: open },
  ],
});
const closed: Membership['missing'] = { sandbox: [], production: ['technicalEmergency'] };
const anonymous: Principal = { kind: 'anonymous' };
const service: Principal = { kind: 'service', name: 'spec' };

function outcome(principal: Principal, who: readonly Role[], request: AskingRequest = {}, rest = {}): string {
  try {
    authorize(principal, { who, limits: 'named', ...rest }, request);
    return 'let in';
  } catch (error) {
    return error instanceof ProblemError ? error.code : String(error);
  }
}

const own = { params: { account: 'acme-tours' } };
const foreign = { params: { account: 'bistro-uno' } };

describe('a call is let in by its row of the table', () => {
  it.each<[string, Principal, Role[], AskingRequest, string]>([
    ['anybody where it is public', anonymous, ['public'], {}, 'let in'],
    ['nobody without a name elsewhere', anonymous, ['operator', 'member'], {}, 'unauthenticated'],
    ['a service of ours', service, ['operator'], own, 'let in'],
    ['a key with one of the scopes', key('support'), ['operator', 'support'], own, 'let in'],
    ['no key without', key('events:send'), ['operator', 'support'], own, 'forbidden'],
    ['no key where portal users alone may', key('operator'), ['member'], own, 'forbidden'],
    ['staff by their role', staff('operator'), ['operator'], own, 'let in'],
    ['no staff of another role', staff('support'), ['operator'], own, 'forbidden'],
    ['a member where members may', user('member'), ['member'], own, 'let in'],
    ['an admin where members may', user('admin'), ['member'], own, 'let in'],
    ['an admin where admins may', user('admin'), ['operator', 'admin'], own, 'let in'],
    ['no member where admins may', user('member'), ['operator', 'admin'], own, 'forbidden'],
    ['no portal user where none may', user('admin'), ['operator'], own, 'forbidden'],
    ['no portal user of another account', user('admin'), ['member'], foreign, 'not-found'],
    ['nor where none may', user('admin'), ['operator'], foreign, 'not-found'],
    ['nor by the query', user('admin'), ['member'], { query: { account: 'bistro-uno' } }, 'not-found'],
    ['nor by the body', user('admin'), ['member'], { body: { account: 'bistro-uno' } }, 'not-found'],
    [
      'nor by the body behind a good query',
      user('admin'),
      ['member'],
      { query: { account: 'acme-tours' }, body: { account: 'bistro-uno' } },
      'not-found',
    ],
    ['a portal user where no account is named', user('member'), ['member'], {}, 'let in'],
  ])('%s', (_, principal, who, request, expected) => {
    expect(outcome(principal, who, request)).toBe(expected);
  });

  const inSandbox = { ...own, query: { environment: 'sandbox' } };
  const inProduction = { ...own, query: { environment: 'production' } };
  const emergency = { ...own, body: { kind: 'emergency' } };

  it.each<[LimitRule, KeyLimits, AskingRequest, string]>([
    ['named', { accounts: ['acme-tours'] }, own, 'let in'],
    ['named', { accounts: ['acme-tours'] }, foreign, 'forbidden'],
    ['named', { accounts: ['acme-tours'] }, { body: foreign.params }, 'forbidden'],
    ['named', { environments: ['sandbox'] }, own, 'let in'],
    ['named', { environments: ['sandbox'] }, inProduction, 'forbidden'],
    ['named', { kinds: ['matching-issue'] }, emergency, 'forbidden'],
    ['named', { kinds: ['emergency'] }, emergency, 'let in'],
    ['left-out', { environments: ['sandbox'] }, own, 'let in'],
    ['left-out', { environments: ['sandbox'] }, inProduction, 'forbidden'],
    ['or-production', { environments: ['sandbox'] }, own, 'forbidden'],
    ['or-production', { environments: ['sandbox'] }, inSandbox, 'let in'],
    ['or-production', { environments: ['production'] }, own, 'let in'],
    ['or-production', { environments: ['production'] }, inSandbox, 'forbidden'],
    ['production', { environments: ['sandbox'] }, inSandbox, 'forbidden'],
    ['production', { environments: ['production'] }, own, 'let in'],
    ['production', { accounts: ['acme-tours'] }, foreign, 'forbidden'],
    ['unlimited', { accounts: ['acme-tours'] }, own, 'forbidden'],
    ['unlimited', { kinds: ['emergency'] }, own, 'forbidden'],
    ['unlimited', {}, own, 'let in'],
  ])('%s: a key limited to %o asking for %o is %s', (limits, limitedTo, request, expected) => {
    expect(outcome(key('operator', limitedTo), ['operator'], request, { limits })).toBe(expected);
    expect(outcome(staff('operator'), ['operator'], request, { limits })).toBe('let in');
  });

  it.each((routes as readonly Route[]).filter(({ query }) => query === EnvironmentQuery))(
    '$method $path, which means production where none is named, is limited so',
    ({ limits }) => {
      // Of invitations it says whose gate counts; the access that they give is for production too.
      expect(['or-production', 'production']).toContain(limits);
    },
  );
});

describe('the gate', () => {
  it.each<[string, AskingRequest, object, string]>([
    ['is closed in the environment where something is missing', own, {}, 'contact-information-required'],
    ['is open in the other', { ...own, query: { environment: 'sandbox' } }, {}, 'let in'],
    [
      'is not opened by naming both',
      { ...own, query: { environment: 'sandbox' }, body: { environment: 'production' } },
      {},
      'contact-information-required',
    ],
    ['is open at another account of the same user', { params: { account: 'acme-stays' } }, {}, 'let in'],
    ['closes no call about another account, where none is named', {}, {}, 'let in'],
    ['is no matter before it', own, { beforeGate: true }, 'let in'],
    ['tells nothing of a foreign account', foreign, {}, 'not-found'],
    ['answers also what is not for portal users', own, { who: ['operator'] }, 'contact-information-required'],
    ['keeps before it what is for admins', own, { who: ['admin'], beforeGate: true }, 'forbidden'],
    ['is left to the reader of a body that is unread', { ...own, isBodyUnread: true }, {}, 'let in'],
    [
      'answers also then what is not for portal users',
      { ...own, isBodyUnread: true },
      { who: ['operator'] },
      'contact-information-required',
    ],
  ])('%s', (_, request, rest, expected) => {
    expect(outcome(user('member', closed), ['member'], request, rest)).toBe(expected);
  });

  it('leaves the accounts behind it out of a call that names none', () => {
    const partner = user('member', closed);
    const accountsOf = (request: AskingRequest, rest = {}) => {
      const admitted = authorize(partner, { who: ['member'], limits: 'named', ...rest }, request);
      return admitted.kind === 'portal-user' ? admitted.memberships.map(({ account }) => account) : [];
    };
    expect(accountsOf({})).toEqual(['acme-stays']);
    expect(accountsOf({ query: { environment: 'sandbox' } })).toEqual(['acme-tours', 'acme-stays']);
    expect(accountsOf({}, { beforeGate: true })).toEqual(['acme-tours', 'acme-stays']);
  });

  it('is closed where no account is named and all have it closed', () => {
    const [membership] = (user('member', closed) as PortalUserPrincipal).memberships;
    const partner: Principal = { kind: 'portal-user', id: 'p', memberships: membership ? [membership] : [] };
    expect(outcome(partner, ['member'])).toBe('contact-information-required');
  });

  it('says what is missing', () => {
    try {
      authorize(user('member', closed), { who: ['member'], limits: 'named' }, own);
      throw new Error('let in');
    } catch (error) {
      expect(problemBody(error as ProblemError)).toMatchObject({
        status: 403,
        account: 'acme-tours',
        environment: 'production',
        missing: [{ field: 'technicalEmergency', code: 'required' }],
      });
    }
  });
});
