import type { z } from 'zod';
import { accountMailKinds } from '../account-mail/account-mail-kinds.js';
import { headersOfStatus, problemCodes, Problem } from '../problem.js';
import { componentSchemas, type Json, referenceOrInline } from './json-schemas.js';
import { routes, type Route } from '../http/routes.js';

/**
 * The OpenAPI 3.1 document of the outer surface, made from the table of routes and its schemas alone.
 * @param serverUrl where the gateway is reached, for the page that tries calls.
 */
export function openApiDocument(serverUrl: string, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes as readonly Route[]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Signalbox', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas: withProblemCodes(componentSchemas()),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'sbx_…' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'signalbox_session',
          description: 'From POST /v1/sign-in/confirm; under https its name starts with __Host-.',
        },
      },
    },
  };
}

function operation(route: Route): Json {
  const { mediaType = 'application/json' } = route;
  const parameters = [
    ...[...route.path.matchAll(/:(\w+)/g)].map(([, name]) =>
      parameter(String(name), 'path', true, { type: 'string' }),
    ),
    ...queryParameters(route.query),
    ...(route.ifMatch ? [parameter('If-Match', 'header', true, { type: 'string' })] : []),
  ];
  return {
    summary: route.summary,
    description: `For: ${route.who.join(', ')}.`,
    ...(route.who.includes('public') && { security: [] }),
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: true, content: bodyOf(route.body, mediaType, route) } }),
    responses: {
      [route.status]: {
        description: 'Done',
        ...(route.etag && { headers: { ETag: { required: true, schema: { type: 'string' } } } }),
        ...(route.answer && { content: json(route.answer, mediaType) }),
      },
      ...problemsOf(route),
      default: problem('A problem; see `code`'),
    },
  };
}

/** The problems whose answer carries a header. Nobody is asked to sign in on a route that is open to all. */
function problemsOf({ who, mailLimit }: Route): Json {
  const limit = mailLimit && accountMailKinds[mailLimit].limit;
  return {
    ...(!who.includes('public') && { 401: problem('Sign in or send an API key', headersOfStatus[401]) }),
    ...(limit && {
      429: problem(
        `Asked for more than ${limit.most} times within ${limit.withinMs / 60_000} minutes, by ${limit.per}`,
        headersOfStatus[429],
      ),
    }),
    503: problem('A part of Signalbox does not answer', headersOfStatus[503]),
  };
}

const problem = (description: string, header?: (typeof headersOfStatus)[401 | 429 | 503]): Json => ({
  description,
  ...(header && { headers: { [header.name]: { required: true, schema: header.schema } } }),
  content: json(Problem, 'application/problem+json'),
});

const bodyOf = (body: z.ZodType, mediaType: string, { patchType }: Route): Json => ({
  ...(patchType !== undefined && json(body, patchType)),
  ...json(body, mediaType),
});

const json = (schema: z.ZodType, mediaType: string): Json => ({
  [mediaType]: { schema: referenceOrInline(schema) },
});

const parameter = (name: string, where: string, required: boolean, schema: unknown): Json => ({
  name,
  in: where,
  required,
  schema,
});

function queryParameters(query: z.ZodObject | undefined): Json[] {
  if (!query) return [];
  return Object.entries<z.ZodType>(query.shape).map(([name, schema]) =>
    parameter(name, 'query', !schema.safeParse(undefined).success, referenceOrInline(schema)),
  );
}

/** The closed list of problem codes stands beside the schema that carries them. */
const withProblemCodes = (schemas: Record<string, Json>): Json => ({
  ...schemas,
  Problem: { ...schemas['Problem'], 'x-codes': problemCodes },
});
