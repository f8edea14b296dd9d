import { Principal } from '@signalbox/contracts';
import { errors, jwtVerify, SignJWT } from 'jose';
import { systemClock, type Clock } from './clock.js';
import type { SigningKeys } from './config-fragments.js';
import { ProblemError } from './problem.js';

/** Long enough for a slow request, short enough that a revoked key is out within a minute. */
const lifetimeSeconds = 60;
const issuer = 'signalbox';
const audience = 'signalbox';
const algorithm = 'HS256';

/** Tokens kept at once; a gateway that sees more callers than this signs some of them again. */
const mostKept = 1_000;

interface KeptToken {
  readonly token: string;
  readonly untilMs: number;
}
const keptTokens = new WeakMap<SigningKeys, Map<string, KeptToken>>();

/**
 * A signed statement of who asks (JWS, HS256), made by the gateway and checked by the services behind it.
 * A token is kept for half its life, since signing would otherwise be paid on every request of the hot path; what is
 * handed out has therefore 30 to 60 seconds left.
 */
export async function mintPrincipalToken(
  keys: SigningKeys,
  principal: Principal,
  clock: Clock = systemClock,
): Promise<string> {
  const nowMs = clock.now().getTime();
  const kept = keptTokensOf(keys);
  const name = JSON.stringify(principal);
  const known = kept.get(name);
  if (known !== undefined && known.untilMs > nowMs) return known.token;

  const nowSeconds = Math.floor(nowMs / 1000);
  const token = await new SignJWT({ principal })
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(secretOf(keys.current));
  if (kept.size >= mostKept) kept.clear();
  kept.set(name, { token, untilMs: nowMs + (lifetimeSeconds * 1000) / 2 });
  return token;
}

/** @throws ProblemError `unauthenticated` when neither key made it, it has run out, or it says nothing we know. */
export async function verifyPrincipalToken(
  keys: SigningKeys,
  token: string,
  clock: Clock = systemClock,
): Promise<Principal> {
  const options = {
    issuer,
    audience,
    algorithms: [algorithm],
    currentDate: clock.now(),
    requiredClaims: ['exp'],
  };
  for (const key of keys.previous === undefined ? [keys.current] : [keys.current, keys.previous]) {
    try {
      const { payload } = await jwtVerify(token, secretOf(key), options);
      return Principal.parse(payload.principal);
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue;
      throw new ProblemError('unauthenticated', 'The token is not valid or has run out.', { cause: error });
    }
  }
  throw new ProblemError('unauthenticated', 'The token is signed with a key that is not known here.');
}

function keptTokensOf(keys: SigningKeys): Map<string, KeptToken> {
  const kept = keptTokens.get(keys) ?? new Map<string, KeptToken>();
  keptTokens.set(keys, kept);
  return kept;
}

function secretOf(key: string): Uint8Array {
  return new TextEncoder().encode(key);
}
