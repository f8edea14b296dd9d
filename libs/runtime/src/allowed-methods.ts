import type { Request } from 'express';

/** The part of Express's router that Nest reads too: what was mounted, in order. */
interface MountedLayer {
  readonly route?: { readonly methods?: Readonly<Record<string, boolean>> };
  match(path: string): unknown;
}

/** The methods that routes at this request's path take, in upper case and in order; none when there is no such path. */
export function allowedMethods(request: Request): string[] {
  const { stack } = request.app.router as unknown as { readonly stack: readonly MountedLayer[] };
  const methods = stack
    .filter((layer) => layer.route !== undefined && matches(layer, request.path))
    .flatMap((layer) => Object.entries(layer.route?.methods ?? {}))
    .filter(([, taken]) => taken)
    .map(([method]) => method.toUpperCase());
  if (methods.includes('GET')) methods.push('HEAD'); // Express answers HEAD by the route of GET.
  return [...new Set(methods)].sort();
}

/** A path with a broken percent code matches nothing; the router throws on it. */
function matches(layer: MountedLayer, path: string): boolean {
  try {
    return Boolean(layer.match(path));
  } catch {
    return false;
  }
}
