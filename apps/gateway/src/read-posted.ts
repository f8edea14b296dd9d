import { AlertmanagerWebhook, PrometheusAlerts } from '@signalbox/contracts';

/** Whose words a body is in. */
export type Monitor = 'alertmanager' | 'prometheus';

/** Why a body as a whole says nothing to us. */
export type UnreadableReason = 'not-json' | 'not-a-webhook' | 'too-large';

export type Posted =
  | { readonly outcome: 'read'; readonly alerts: readonly unknown[] }
  | { readonly outcome: 'unreadable'; readonly reason: UnreadableReason; readonly detail: string };

interface Limits {
  readonly mostBytes: number;
  readonly now: Date;
}

/** The alerts of a monitor's body, each as Alertmanager's webhook would have it; none of them is looked into yet. */
export function readPosted(body: Buffer, monitor: Monitor, { mostBytes, now }: Limits): Posted {
  if (body.length > mostBytes) return unreadable('too-large', `The body has more than ${mostBytes} bytes.`);
  const json = parseJson(body);
  if (json === undefined) return unreadable('not-json', 'The body is not JSON.');
  return monitor === 'alertmanager' ? readWebhook(json) : readPrometheus(json, now);
}

function readWebhook(json: unknown): Posted {
  const webhook = AlertmanagerWebhook.safeParse(json);
  if (webhook.success) return { outcome: 'read', alerts: webhook.data.alerts };
  return unreadable('not-a-webhook', 'There is no list of alerts of version 4.');
}

function readPrometheus(json: unknown, now: Date): Posted {
  const alerts = PrometheusAlerts.safeParse(json);
  if (!alerts.success) return unreadable('not-a-webhook', 'The body is not a list of alerts.');
  return { outcome: 'read', alerts: alerts.data.map((alert) => withStatus(alert, now)) };
}

/**
 * Prometheus sends no status. While an alert fires, each repeat moves its end some minutes into the future; one that is
 * over is sent with the instant at which it ended. An end that comes because nothing was heard any more is none to us: a
 * monitor that died would give the all-clear.
 */
function withStatus(alert: unknown, now: Date): unknown {
  if (typeof alert !== 'object' || alert === null || 'status' in alert) return alert;
  const endsAt = 'endsAt' in alert && typeof alert.endsAt === 'string' ? Date.parse(alert.endsAt) : NaN;
  // Go writes a time that is not set as the year 1.
  const isOver = endsAt > 0 && endsAt <= now.getTime();
  return { ...alert, status: isOver ? 'resolved' : 'firing' };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

const unreadable = (reason: UnreadableReason, detail: string): Posted => ({
  outcome: 'unreadable',
  reason,
  detail,
});
