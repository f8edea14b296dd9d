import { z } from 'zod';
import {
  encryptionKeys,
  inProduction,
  mongoConfig,
  mustBeSet,
  port,
  processConfig,
  publicUrl,
  redisConfig,
  secret,
  signingKeys,
} from '@signalbox/runtime';
import { parseMailFrom } from './mail-from.js';

/** The settings of the email worker. */
export const EmailWorkerConfig = z.object({
  ...processConfig,
  ...mongoConfig,
  ...redisConfig,
  ...encryptionKeys,
  ...signingKeys,
  EMAIL_WORKER_PORT: port(8083),
  /** Comma-separated; the first one is used, the others will be standby relays. */
  SMTP_URL: inProduction(
    secret(
      z
        .string()
        .default('smtp://127.0.0.1:1025')
        .transform((text) => text.split(',').map((url) => url.trim()))
        .refine(
          (urls) => urls.every(isSmtpUrl),
          'it is written smtp://host:port or smtps://user:pass@host:port',
        ),
    ),
    mustBeSet,
  ),
  MAIL_FROM: inProduction(
    z
      .string()
      .default('Signalbox <notifications@signalbox.example>')
      .transform((text, context) => {
        const from = parseMailFrom(text);
        if (from !== undefined) return from;
        context.addIssue({
          code: 'custom',
          message: 'it is written name@example.com or Name <name@example.com>',
        });
        return z.NEVER;
      }),
    mustBeSet,
  ),
  ...publicUrl,
});
export type EmailWorkerConfig = z.output<typeof EmailWorkerConfig>;

function isSmtpUrl(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text);
    return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '';
  } catch {
    return false;
  }
}
