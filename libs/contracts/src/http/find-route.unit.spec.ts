import { routes, type Route } from './routes.js';
import type { Role } from '../principal.js';
import { findRoute } from './find-route.js';

describe('what the gateway lets through', () => {
  // Method, path, who may call it, who answers. A route that is added has to be added here too.
  const partner: Role[] = ['operator', 'admin', 'member'];
  const signedIn: Role[] = ['operator', 'support', 'admin', 'member'];
  const table = [
    ['PATCH', '/v1/accounts/acme-tours/users/u-1', partner, 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/invitations', partner, 'contact-registry'],
    ['POST', '/v1/accounts/acme-tours/invitations', partner, 'contact-registry'],
    ['POST', '/v1/accounts/acme-tours/invitations/i-1/resend', partner, 'contact-registry'],
    ['DELETE', '/v1/accounts/acme-tours/invitations/i-1', partner, 'contact-registry'],
    ['POST', '/v1/invitations/accept', ['public'], 'contact-registry'],
    ['GET', '/v1/staff', ['operator'], 'contact-registry'],
    ['POST', '/v1/staff', ['operator'], 'contact-registry'],
    ['DELETE', '/v1/staff/s-1', ['operator'], 'contact-registry'],
    ['POST', '/v1/sign-in', ['public'], 'contact-registry'],
    ['POST', '/v1/sign-in/confirm', ['public'], 'contact-registry'],
    ['GET', '/v1/session', ['events:send', ...signedIn], 'contact-registry'],
    ['DELETE', '/v1/session', signedIn, 'contact-registry'],
    ['DELETE', '/v1/sessions', signedIn, 'contact-registry'],
    ['POST', '/v1/events', ['events:send'], 'gateway'],
    ['POST', '/v1/intake/alertmanager', ['events:send'], 'gateway'],
    ['POST', '/v1/intake/prometheus/api/v2/alerts', ['events:send'], 'gateway'],
    ['POST', '/v1/preview', ['events:send', 'operator', 'admin', 'member'], 'notification-router'],
    ['GET', '/v1/events', partner, 'notification-router'],
    ['GET', '/v1/events/e-1', partner, 'notification-router'],
    ['POST', '/v1/emergencies/preview', ['operator'], 'notification-router'],
    ['GET', '/v1/emergencies/previews/t-1/accounts', ['operator'], 'notification-router'],
    ['POST', '/v1/emergencies', ['operator'], 'notification-router'],
    ['GET', '/v1/emergencies', ['operator'], 'notification-router'],
    ['GET', '/v1/emergencies/m-1', ['operator'], 'notification-router'],
    ['GET', '/v1/emergencies/m-1/accounts', ['operator'], 'notification-router'],
    ['POST', '/v1/emergencies/m-1/resolve', ['operator'], 'notification-router'],
    ['GET', '/v1/alarms', ['operator'], 'notification-router'],
    ['GET', '/v1/dead-letters', ['operator'], 'notification-router'],
    ['GET', '/v1/dead-letters/0-1', ['operator'], 'notification-router'],
    ['POST', '/v1/dead-letters/replay', ['operator'], 'notification-router'],
    ['POST', '/v1/dead-letters/0-1/replay', ['operator'], 'notification-router'],
    ['POST', '/v1/dead-letters/0-1/discard', ['operator'], 'notification-router'],
    ['POST', '/v1/notices/preview', ['operator'], 'notification-router'],
    ['GET', '/v1/notices/previews/t-1/accounts', ['operator'], 'notification-router'],
    ['POST', '/v1/notices', ['operator'], 'notification-router'],
    ['GET', '/v1/notices', ['operator'], 'notification-router'],
    ['GET', '/v1/notices/m-1', ['operator'], 'notification-router'],
    ['GET', '/v1/notices/m-1/accounts', ['operator'], 'notification-router'],
    ['POST', '/v1/notices/m-1/pause', ['operator'], 'notification-router'],
    ['POST', '/v1/notices/m-1/resume', ['operator'], 'notification-router'],
    ['POST', '/v1/notices/m-1/cancel', ['operator'], 'notification-router'],
    ['GET', '/v1/ledger', ['operator'], 'notification-router'],
    ['POST', '/v1/acknowledgements/page', ['public'], 'notification-router'],
    ['POST', '/v1/acknowledgements', ['public'], 'notification-router'],
    ['GET', '/v1/api-keys', ['operator'], 'contact-registry'],
    ['POST', '/v1/api-keys', ['operator'], 'contact-registry'],
    ['POST', '/v1/api-keys/k-1/rotate', ['operator'], 'contact-registry'],
    ['DELETE', '/v1/api-keys/k-1', ['operator'], 'contact-registry'],
    ['GET', '/v1/accounts', ['operator', 'support'], 'contact-registry'],
    ['POST', '/v1/accounts', ['operator'], 'contact-registry'],
    ['POST', '/v1/accounts/import', ['operator'], 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours', ['operator', 'support', 'admin', 'member'], 'contact-registry'],
    ['PATCH', '/v1/accounts/acme-tours', ['operator'], 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/integration-type-change', ['operator'], 'contact-registry'],
    ['POST', '/v1/accounts/acme-tours/launch', ['operator'], 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/contact-information', partner, 'contact-registry'],
    ['PUT', '/v1/accounts/acme-tours/contact-information', partner, 'contact-registry'],
    ['PATCH', '/v1/accounts/acme-tours/contact-information', partner, 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/contact-information/history', partner, 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/contact-information/addresses', partner, 'contact-registry'],
    [
      'POST',
      '/v1/accounts/acme-tours/contact-information/addresses/confirmation',
      partner,
      'contact-registry',
    ],
    [
      'POST',
      '/v1/accounts/acme-tours/contact-information/merchantIssues/test-mail',
      partner,
      'contact-registry',
    ],
    ['POST', '/v1/addresses/confirm', ['public'], 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/readiness', partner, 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/referral', ['support', 'operator'], 'contact-registry'],
    ['GET', '/v1/accounts/acme-tours/users', partner, 'contact-registry'],
    ['POST', '/v1/accounts/acme-tours/users', ['operator', 'admin'], 'contact-registry'],
    ['DELETE', '/v1/accounts/acme-tours/users/u-1', ['operator', 'admin'], 'contact-registry'],
    [
      'GET',
      '/v1/integration-types',
      ['events:send', 'operator', 'support', 'admin', 'member'],
      'contact-registry',
    ],
    ['GET', '/v1/help', ['public'], 'gateway'],
    ['POST', '/v1/erasures', ['operator'], 'contact-registry'],
    ['GET', '/v1/erasures', ['operator'], 'contact-registry'],
    ['GET', '/v1/erasures/e-1', ['operator'], 'contact-registry'],
  ] as const;

  it.each(table)('%s %s', (method, path, who, servedBy) => {
    const found = findRoute(method, path);
    expect(found).toMatchObject({ found: 'route', path, route: { method, who, servedBy } });
  });

  it('is written down here completely', () => {
    const written = (routesOrRows: readonly string[]) => [...routesOrRows].sort();
    const ofTable = routes.map(({ method, path }) => `${method} ${path}`);
    const here = table.map(([method, path]) => {
      const found = findRoute(method, path);
      return found.found === 'route' ? `${found.route.method} ${found.route.path}` : 'none';
    });
    expect(written(here)).toEqual(written(ofTable));
  });

  it.each([
    '/internal/keys/verify',
    '/v1/internal/keys/verify',
    '/v1/events/',
    '/V1/events',
    '/v1//events',
    '/v1/events/e-1/deliveries',
    '/v1/accounts/../../internal/keys/verify',
    '/v1/accounts/%2e%2e/launch',
    '/v1/accounts/%2E./users',
    '/v1/accounts/./users',
    '/v1/accounts//users',
    '/v1/accounts/%zz/users',
    '/v1/accounts/%ff/users',
    '',
    '/',
  ])('nothing is at %p', (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      expect(findRoute(method, path)).toEqual({ found: 'nothing' });
    }
  });

  it.each([
    ['DELETE', '/v1/events', ['GET', 'HEAD', 'POST']],
    ['GET', '/v1/preview', ['POST']],
    ['POST', '/v1/ledger', ['GET', 'HEAD']],
    ['TRACE', '/v1/accounts/acme-tours/users/u-1', ['DELETE', 'PATCH']],
  ])('%s %s is told what is taken there', (method, path, allow) => {
    expect(findRoute(method, path)).toEqual({ found: 'other-methods', allow });
  });

  it('a HEAD goes where the GET goes', () => {
    expect(findRoute('HEAD', '/v1/ledger')).toMatchObject({ found: 'route', route: { method: 'GET' } });
  });

  it('what is passed on is written anew, so that no path means one thing here and another there', () => {
    const one: Route = {
      method: 'GET',
      path: '/v1/events/:id',
      summary: '',
      servedBy: 'gateway',
      who: [],
      limits: 'named',
      status: 200,
    };
    const pathOf = (path: string) => {
      const found = findRoute('GET', path, [one]);
      return found.found === 'route' ? found.path : found.found;
    };
    expect(pathOf('/v1/events/urn%3Aa%2F..%2Fb')).toBe('/v1/events/urn%3Aa%2F..%2Fb');
    expect(pathOf('/v1/events/..\\..\\internal')).toBe('/v1/events/..%5C..%5Cinternal');
    expect(pathOf('/v1/events/a;b?c')).toBe('/v1/events/a%3Bb%3Fc');
    expect(pathOf('/v1/events/%61')).toBe('/v1/events/a');
  });
});
