import { createHmac, randomUUID } from 'node:crypto';
import { sessionIdleSeconds, sha256Hex, type Log } from '@signalbox/runtime';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { mongodbAdapter } from 'better-auth/adapters/mongodb';
import { magicLink } from 'better-auth/plugins/magic-link';
import type { Connection } from 'mongoose';

/** The library's own collections; what stands in them is its business, and each goes by itself when it has run out. */
export const signInCollections = {
  user: 'signInIdentities',
  session: 'signInSessions',
  verification: 'signInProofs',
  /** Of sign-ins by other sites, which nobody has here; empty. */
  account: 'signInProviders',
} as const;

const mailbox = { type: 'string', required: true, input: false } as const;

/** As the library is told of them; from this it says itself which fields they have. */
export const signInTables = {
  user: { modelName: signInCollections.user, additionalFields: { mailbox } },
  session: { modelName: signInCollections.session },
  verification: { modelName: signInCollections.verification },
  account: { modelName: signInCollections.account },
} as const;

/** How long a link holds, in seconds. */
export const linkHoldsSeconds = 15 * 60;
/** A session that is used is renewed once a day, so that reading one is not a write each time. */
const renewAfterSeconds = 24 * 60 * 60;

export interface SignInLibraryParts {
  readonly connection: Connection;
  /** One of SIGNING_KEYS. */
  readonly signingKey: string;
  readonly publicUrl: string;
  readonly log: Log;
}

/**
 * better-auth, which proves that somebody owns a mailbox and remembers it in a session, and does nothing else: its routes
 * are not mounted, and who may do what stands in the accounts and the staff.
 * The decision of that name in docs/adr/ says what it is not left to do, and why.
 */
export function createSignInLibrary(parts: SignInLibraryParts) {
  return betterAuth({
    ...optionsOf(parts),
    user: signInTables.user,
    plugins: [
      magicLink({
        storeToken: 'hashed',
        disableSignUp: true,
        expiresIn: linkHoldsSeconds,
        // Not sent from here: who asks the library for a link is handed its token, and mails it as an account mail.
        sendMagicLink: ({ token, metadata }) => (metadata?.handOver as (token: string) => void)(token),
      }),
    ],
  });
}
export type SignInLibrary = ReturnType<typeof createSignInLibrary>;

function optionsOf({ connection, signingKey, publicUrl, log }: SignInLibraryParts) {
  if (connection.db === undefined) throw new Error('the connection to MongoDB is not open');
  return {
    database: mongodbAdapter(connection.db),
    secret: cookieSecretOf(signingKey),
    baseURL: publicUrl,
    session: {
      ...signInTables.session,
      expiresIn: sessionIdleSeconds,
      updateAge: renewAfterSeconds,
    },
    verification: signInTables.verification,
    account: signInTables.account,
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages may quote what it was given; that something went wrong there is told, and how by what is thrown.
    logger: { log: (level) => log.warn({ event: 'sign-in-library.told', level }, 'sign-in-library.told') },
    advanced: {
      database: { generateId: () => randomUUID() },
      ipAddress: { disableIpTracking: true },
      useSecureCookies: false, // It knows no `__Host-`; the cookie is written by sessionCookie.
      cookies: { session_token: { name: libraryCookieName } },
    },
  } satisfies BetterAuthOptions;
}

/** Under which name the library is shown the value of our cookie. */
export const libraryCookieName = 'session';

/** A secret of its own, so that nothing signed for a cookie is ever good for a token between our services. */
const cookieSecretOf = (signingKey: string): string =>
  createHmac('sha256', signingKey).update('signalbox session cookie').digest('base64url');

/** A session's token as a cookie carries it: the library believes the token with this signature behind it, and no other. */
export function signedCookieValue(signingKey: string, token: string): string {
  const signature = createHmac('sha256', cookieSecretOf(signingKey)).update(token).digest('base64');
  return encodeURIComponent(`${token}.${signature}`);
}

/**
 * What the library takes for an address of its own: it refuses some that mail servers take (a domain in `.xn--p1ai`, a
 * `/` before the @), and so gets a name made of each mailbox instead. The mailbox itself is a field beside it.
 */
export const libraryNameOf = (mailbox: string): string => `${sha256Hex(mailbox)}@mailbox.invalid`;

/** The indexes that the library does not make, or makes only behind our back; safe to run by several processes at once. */
export async function createSignInLibraryIndexes({ db }: Connection): Promise<void> {
  if (db === undefined) throw new Error('the connection to MongoDB is not open');
  const goesWhenOver = { expireAfterSeconds: 0 };
  const { user, session, verification } = signInCollections;
  await Promise.all([
    db.collection(user).createIndex({ email: 1 }, { unique: true }),
    db.collection(session).createIndex({ token: 1 }, { unique: true }),
    db.collection(session).createIndex({ expiresAt: 1 }, goesWhenOver),
    db.collection(verification).createIndex({ expiresAt: 1 }, goesWhenOver),
  ]);
}
