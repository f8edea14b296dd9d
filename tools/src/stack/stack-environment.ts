import type { Engines } from '../engines/start-engines.js';
import { appNames, apps, type AppName } from './apps.js';
import type { Secrets } from './secrets.js';
import type { StackPorts } from './stack-ports.js';

export interface EnvironmentParts {
  readonly base: NodeJS.ProcessEnv;
  readonly engines: Engines['environment'];
  readonly ports: StackPorts;
  readonly secrets: Secrets;
  readonly smtp: string;
  /** The mailbox's page. */
  readonly mailbox: string;
  readonly extra: Readonly<Record<string, string>>;
}

/** What every app is told. A setting of the caller's own environment stands above our default, `extra` above all. */
export function stackEnvironment({
  base,
  engines,
  ports,
  secrets,
  smtp,
  mailbox,
  extra,
}: EnvironmentParts): NodeJS.ProcessEnv {
  const local = (app: AppName): string => `http://127.0.0.1:${ports[app]}`;
  const portSettings: Record<string, string> = {};
  for (const app of appNames) portSettings[apps[app].setting] = String(ports[app]);
  const { SIGNING_KEYS, ID_KEY, ENCRYPTION_KEYS } = secrets;
  return {
    SIGNING_KEYS,
    ID_KEY,
    ENCRYPTION_KEYS,
    SMTP_URL: smtp,
    MAILBOX_URL: mailbox,
    MAIL_FROM: 'Signalbox <notifications@signalbox.example>',
    OPERATORS_MAILBOX: 'operators@signalbox.example',
    OPERATOR_EMAIL: 'operator@signalbox.example',
    PUBLIC_URL: local('gateway'),
    ...base,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    ...engines,
    ...portSettings,
    RETURN_PORT: String(ports.bounces),
    CONTACT_REGISTRY_URL: local('contact-registry'),
    NOTIFICATION_ROUTER_URL: local('notification-router'),
    ...extra,
  };
}
