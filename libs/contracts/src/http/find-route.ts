import { routes, type Route } from './routes.js';

export type FoundRoute =
  | {
      readonly found: 'route';
      readonly route: Route;
      readonly path: string;
      readonly params: Readonly<Record<string, string>>;
    }
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
    const params = match(route.path, segments);
    return params === undefined ? [] : [{ route, params, path: written(route.path, params) }];
  });
  if (here.length === 0) return { found: 'nothing' };
  const wanted = method === 'HEAD' ? 'GET' : method;
  const hit = here.find(({ route }) => route.method === wanted);
  if (hit !== undefined) return { found: 'route', ...hit };
  return { found: 'other-methods', allow: here.flatMap(({ route }) => methodsOf(route)).sort() };
}

const methodsOf = ({ method }: Route): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

/** The values of the template's parameters where all segments fit it, else undefined. */
function match(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = template.split('/').slice(1);
  if (parts.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [place, part] of parts.entries()) {
    const segment = segments[place] ?? '';
    if (!part.startsWith(':')) {
      if (segment !== part) return undefined;
      continue;
    }
    const value = valueOf(segment);
    if (value === undefined) return undefined;
    params.set(part.slice(1), value);
  }
  return Object.fromEntries(params);
}

/** The template with each parameter's value percent-encoded once. */
const written = (template: string, params: Readonly<Record<string, string>>): string =>
  template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

/** A parameter's value; none where it is empty, a dot segment (RFC 3986 section 3.3) or broken. */
function valueOf(segment: string): string | undefined {
  try {
    const value = decodeURIComponent(segment);
    encodeURIComponent(value); // Throws for half a surrogate pair.
    return value === '' || value === '.' || value === '..' ? undefined : value;
  } catch {
    return undefined; // A percent code that is none.
  }
}
