import { z } from 'zod';

export type Json = Record<string, unknown>;
const refersTo = (id: string): string => `#/components/schemas/${id}`;

/** A reference to a schema that carries an id; the schema itself where it carries none. */
export function referenceOrInline(schema: z.ZodType): Json {
  const id = z.globalRegistry.get(schema)?.id;
  if (id !== undefined) return { $ref: refersTo(id) };
  const {
    $schema: _,
    $defs: __,
    ...inline
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return withReferencesToComponents(inline);
}

/** zod puts what an inlined schema refers to beside it; in a document of ours it stands among the components. */
const withReferencesToComponents = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${refersTo('')}`)) as Json;

/** Every schema that carries an id, as a JSON Schema that refers to the others by name. */
export function componentSchemas(): Record<string, Json> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: refersTo,
    io: 'input',
    unrepresentable: 'any',
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}
