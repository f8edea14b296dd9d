import { maskAddresses } from '@signalbox/contracts';

/** Replies longer than this are cut: a server may send what it likes, and the whole of it is stored and shown. */
const mostReplyCharacters = 500;

/** A mail server's reply as it may be stored, logged and shown: addresses masked, control characters gone, cut. */
export const maskReply = (reply: string): string =>
  maskAddresses(reply.replace(/[\p{Cc}\p{Cf}]+/gu, ' '))
    .trim()
    .slice(0, mostReplyCharacters);
