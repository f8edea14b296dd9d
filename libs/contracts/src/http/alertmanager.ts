import { z } from 'zod';

const text = z.record(z.string(), z.string());

/** One alert of an Alertmanager webhook, version 4 (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config). */
export const AlertmanagerAlert = z
  .object({
    status: z.enum(['firing', 'resolved']),
    labels: text,
    annotations: text.default({}),
    startsAt: z.string(),
    endsAt: z.string().optional(),
    generatorURL: z.string().optional(),
    fingerprint: z.string().optional(),
  })
  .meta({ id: 'AlertmanagerAlert' });
export type AlertmanagerAlert = z.infer<typeof AlertmanagerAlert>;

/** The envelope alone: each alert is read by itself, so that a broken one does not take its neighbours along. */
export const AlertmanagerWebhook = z
  .object({ version: z.string(), alerts: z.array(z.unknown()), externalURL: z.string().optional() })
  .meta({ id: 'AlertmanagerWebhook' });

/** What Prometheus posts to an Alertmanager, `POST /api/v2/alerts`: the alerts alone, and each is read by itself. */
export const PrometheusAlerts = z.array(z.unknown()).meta({ id: 'PrometheusAlerts' });

/** What became of a monitor's call; a monitor is never refused for content. */
export const IntakeAnswer = z
  .object({
    accepted: z.int().meta({ description: 'Alerts that became events.' }),
    unmapped: z.int().meta({ description: 'Of these, alerts that name no account: the operators are told.' }),
    deadLettered: z.int().meta({ description: 'Alerts that could not be read; kept as they came.' }),
  })
  .meta({ id: 'IntakeAnswer' });
export type IntakeAnswer = z.infer<typeof IntakeAnswer>;
