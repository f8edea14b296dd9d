/** Deeper than anything the schema takes; what lies below is refused by it anyway, and recursion has an end. */
const mostLevels = 8;

/** RFC 7396: null removes, objects merge, everything else replaces. Answers new values and changes none. */
export function mergePatch(target: unknown, patch: unknown, level = 0): unknown {
  if (!isObject(patch) || level > mostLevels) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value, level + 1));
  }
  // From entries, because assigning a member named __proto__ would not make one.
  return Object.fromEntries(merged);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
