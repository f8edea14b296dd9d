import { systemClock, type Log, type SigningKeys } from '@signalbox/runtime';
import type { Connection } from 'mongoose';
import { Identities } from './identities.js';
import { Sessions } from './sessions.js';
import { createSignInLibrary, createSignInLibraryIndexes } from './sign-in-library.js';
import { SignInLinks } from './sign-in-links.js';
import { SignInLinkStore } from './sign-in-link-store.js';

export interface OpenSignInParts {
  readonly connection: Connection;
  readonly signingKeys: SigningKeys;
  readonly publicUrl: string;
  readonly log: Log;
}

/** Links, identities and sessions over one connection, for the registry and for its command `sign-in-links`. */
export async function openSignIn({ connection, signingKeys, publicUrl, log }: OpenSignInParts) {
  const notes = new SignInLinkStore(connection);
  await Promise.all([notes.createIndexes(), createSignInLibraryIndexes(connection)]);
  const libraryOf = (signingKey: string) => createSignInLibrary({ connection, signingKey, publicUrl, log });
  const current = libraryOf(signingKeys.current);
  const { previous } = signingKeys;
  const libraries = previous === undefined ? { current } : { current, previous: libraryOf(previous) };
  const identities = new Identities(current);
  return {
    identities,
    links: new SignInLinks(current, notes, identities, systemClock),
    sessions: new Sessions(signingKeys, libraries),
  };
}
export type SignInParts = Awaited<ReturnType<typeof openSignIn>>;
