// zod makes its parsers faster by `new Function`, which the page's policy forbids: even its trying would be reported as a
// violation. It looks here when its first schema is made, so this stands first in main.tsx.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
