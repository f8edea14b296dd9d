/** Replies longer than this are cut: a server may send what it likes, and the whole of it is stored and shown. */
const mostReplyCharacters = 500;

/**
 * A mail server's reply as it may be stored, logged and shown: every address masked, control characters gone, cut.
 * `550 5.1.1 <ana@acme-tours.example>: unknown` becomes `550 5.1.1 <[address]>: unknown`.
 */
export function maskAddresses(reply: string): string {
  return reply
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/(?:"[^"]*"|[^\s<>()",;:@]+)@[^\s<>()"',;:/]+/gu, '[address]')
    .trim()
    .slice(0, mostReplyCharacters);
}
