import { routes, type Route } from '@signalbox/contracts';

export type FoundRoute =
  | { readonly found: 'route'; readonly route: Route; readonly path: string }
  | { readonly found: 'other-methods'; readonly allow: readonly string[] }
  | { readonly found: 'nothing' };

/**
 * Looks a request up in the table of routes.
 * @param path the request's path as it came, percent codes and all.
 * @returns the route, with a path that is put together anew from the table and the parameters' values. Only that one is
 *   ever passed on, so that no `..`, `%2e%2e` or backslash can lead from an open route to an internal one.
 */
export function findRoute(method: string, path: string, table: readonly Route[] = routes): FoundRoute {
  const segments = path.split('/').slice(1);
  const here = table.flatMap((route) => {
    const safePath = match(route.path, segments);
    return safePath === undefined ? [] : [{ route, path: safePath }];
  });
  if (here.length === 0) return { found: 'nothing' };
  const wanted = method === 'HEAD' ? 'GET' : method;
  const hit = here.find(({ route }) => route.method === wanted);
  if (hit !== undefined) return { found: 'route', ...hit };
  return { found: 'other-methods', allow: here.flatMap(({ route }) => methodsOf(route)).sort() };
}

const methodsOf = ({ method }: Route): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

/** The path written anew where all segments fit the template, else undefined. */
function match(template: string, segments: readonly string[]): string | undefined {
  const parts = template.split('/').slice(1);
  if (parts.length !== segments.length) return undefined;
  const written = parts.map((part, place) => {
    const segment = segments[place] ?? '';
    if (part.startsWith(':')) return rewritten(segment);
    return segment === part ? part : undefined;
  });
  return written.includes(undefined) ? undefined : `/${written.join('/')}`;
}

/** A parameter's value percent-encoded once; none where it is empty, a dot segment (RFC 3986 section 3.3) or broken. */
function rewritten(segment: string): string | undefined {
  try {
    const value = decodeURIComponent(segment);
    return value === '' || value === '.' || value === '..' ? undefined : encodeURIComponent(value);
  } catch {
    return undefined; // A percent code that is none, or half a surrogate pair.
  }
}
