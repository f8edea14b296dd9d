import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const ApiKeys = z.object({ sender: z.string(), operator: z.string(), support: z.string() });
/** Keys with which the demo, the specs and a newcomer call the gateway. */
export type ApiKeys = z.infer<typeof ApiKeys>;

const Secrets = z.object({
  SIGNING_KEYS: z.string(),
  ID_KEY: z.string(),
  ENCRYPTION_KEYS: z.string(),
  keys: ApiKeys.optional(),
});
export type Secrets = z.infer<typeof Secrets>;

/** The local stack's secrets: made at the first start, the same at every later one, readable by their owner alone. */
export async function localSecrets(dir: string): Promise<Secrets> {
  try {
    return Secrets.parse(JSON.parse(await readFile(fileIn(dir), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const made = { SIGNING_KEYS: randomKey(), ID_KEY: randomKey(), ENCRYPTION_KEYS: randomKey() };
    await saveSecrets(dir, made);
    return made;
  }
}

/** Written beside and renamed, so that a killed start never leaves half a file. */
export async function saveSecrets(dir: string, secrets: Secrets): Promise<void> {
  await mkdir(dir, { recursive: true });
  const partial = `${fileIn(dir)}.partial`;
  await writeFile(partial, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await chmod(partial, 0o600);
  await rename(partial, fileIn(dir));
}

const fileIn = (dir: string): string => join(dir, 'secrets.json');
const randomKey = (): string => randomBytes(32).toString('base64url');
