import { problemCodes } from '../problem.js';
import { routes, type Route } from '../http/routes.js';
import { openApiDocument } from './openapi.js';

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly headers?: Readonly<Record<string, unknown>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

const document = openApiDocument('https://signalbox.example', '1.2.3') as unknown as Document;
const allRoutes: readonly Route[] = routes;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

/** Every `$ref` in a document. */
const referencesIn = (part: unknown): string[] =>
  typeof part !== 'object' || part === null
    ? []
    : Object.entries(part).flatMap(([name, value]) =>
        name === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
      );

describe('the OpenAPI document', () => {
  it.each(allRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'tells of %s',
    (_, route) => {
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      const operation = document.paths[path]?.[route.method.toLowerCase()];
      expect(operation).toMatchObject({
        summary: route.summary,
        responses: { [route.status]: {}, default: {} },
      });
      expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
      for (const role of route.who) expect(operation?.description).toContain(role);

      const parameters = operation?.parameters ?? [];
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? []);
      const mustMatch = parameters.some(({ name, required }) => name === 'If-Match' && required);
      expect(mustMatch).toBe(route.ifMatch === true);
    },
  );

  it('tells how contact information is patched, and with which ETag', () => {
    const patch = document.paths['/v1/accounts/{account}/contact-information']?.['patch'];
    const content = { schema: { $ref: '#/components/schemas/ContactInformationPatch' } };
    expect(patch).toMatchObject({
      requestBody: { content: { 'application/merge-patch+json': content, 'application/json': content } },
      responses: { 200: { headers: { ETag: { required: true } } } },
    });
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    'tells of %s which problems say how to go on, and by which header',
    (_, { responses, description }) => {
      const headers = Object.entries(responses)
        .filter(([status]) => Number(status) >= 400)
        .map(([status, { headers }]) => [status, Object.keys(headers ?? {})]);
      const isPublic = description.includes('public');
      expect(headers.filter(([status]) => status !== '429')).toEqual([
        ...(isPublic ? [] : [['401', ['WWW-Authenticate']]]),
        ['503', ['Retry-After']],
      ]);
    },
  );

  it('tells where too many mails are a 429, with Retry-After', () => {
    const limited = operations.flatMap(({ operationId, responses }) =>
      responses['429']?.headers?.['Retry-After'] === undefined ? [] : [operationId],
    );
    expect(limited).toEqual([
      'postV1AccountsAccountContactInformationAddressesConfirmation',
      'postV1AccountsAccountContactInformationFieldTestMail',
      'postV1AccountsAccountInvitations',
      'postV1AccountsAccountInvitationsInvitationResend',
    ]);
  });

  it('tells of nothing else', () => {
    expect(operations).toHaveLength(routes.length);
  });

  it('names each operation once, so that clients can be generated', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it('refers to no schema that it does not hold', () => {
    const held = new Set(
      Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
    );
    const references = referencesIn(document);
    expect(references).not.toEqual([]);
    expect(references.filter((reference) => !held.has(reference))).toEqual([]);
  });

  it('lists every problem code with its status', () => {
    expect(document.components.schemas['Problem']?.['x-codes']).toEqual(problemCodes);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
