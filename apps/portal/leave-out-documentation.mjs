/**
 * What contracts and zod carry for OpenAPI and for the servers: 8 kB compressed of the quarter of a megabyte that the gate may
 * weigh, and no page reads any of it. Each part fails the build when what it takes away is no longer there, so that a new
 * version of zod cannot quietly bring it back.
 */
export const leaveOutDocumentation = [
  {
    name: 'leave-out-descriptions',
    apply: 'build',
    transform: {
      filter: { id: /libs\/contracts\/dist\/.*\.js$/ },
      handler(code, id) {
        const isTableOfRoutes = id.endsWith('/http/routes.js');
        const cutsAt = isTableOfRoutes ? unreadPartsOf : descriptionOf;
        const cuts = [...nodesOf(this.parse(code))].flatMap(cutsAt);
        if (isTableOfRoutes && cuts.length === 0) throw new Error('routes.js has no rows any more');
        return { code: without(cuts, code), map: null };
      },
    },
  },
  {
    name: 'leave-out-json-schema',
    apply: 'build',
    transform: {
      filter: { id: /zod\/v4\/classic\/schemas\.js$/ },
      handler: (code) => {
        const changed = code
          .replace(/^import \* as processors from .*/m, 'const processors = {};')
          .replace(
            /^import \{ createStandardJSONSchemaMethod, createToJSONSchemaMethod \} from .*/m,
            'const createStandardJSONSchemaMethod = () => undefined, createToJSONSchemaMethod = () => undefined;',
          );
        if (changed.includes('json-schema')) throw new Error('zod imports its JSON Schema in another way');
        return { code: changed, map: null };
      },
    },
  },
];

/** What `call` reads of a row. */
const readByCall = new Set(['method', 'path', 'answer']);

const isRoute = ({ type, properties }) =>
  type === 'ObjectExpression' && properties.some(({ key }) => key?.name === 'servedBy');

/** Of a row of the table of routes. */
const unreadPartsOf = (node) =>
  isRoute(node)
    ? node.properties.flatMap(({ start, key }, place, { [place + 1]: next }) =>
        readByCall.has(key?.name) ? [] : [{ start, end: next?.start ?? node.end - 1 }],
      )
    : [];

/** `.meta({ … })` behind a schema. */
const descriptionOf = ({ type, callee, end }) =>
  type === 'CallExpression' && callee.type === 'MemberExpression' && callee.property.name === 'meta'
    ? [{ start: callee.object.end, end }]
    : [];

function* nodesOf(node) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') yield node;
  for (const part of Object.values(node)) yield* nodesOf(part);
}

/** From the end, so that what is cut does not move what is still to be cut. */
const without = (cuts, code) =>
  cuts
    .sort((one, other) => other.start - one.start)
    .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), code);
