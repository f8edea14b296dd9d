/**
 * Values as the fields of a `$set` in a pipeline: all that comes from outside is a `$literal`, or the label "$name" would be
 * read as the field `name`.
 * @param under what the name of each field begins with.
 */
export const literally = (values: object, under = ''): Record<string, { $literal: unknown }> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [under + name, { $literal: value as unknown }]),
  );
