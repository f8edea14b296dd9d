/** The apps that the local stack starts, their default ports, and the settings that move them. */
export const apps = {
  'contact-registry': { port: 8081, setting: 'CONTACT_REGISTRY_PORT' },
  'notification-router': { port: 8082, setting: 'NOTIFICATION_ROUTER_PORT' },
  'email-worker': { port: 8083, setting: 'EMAIL_WORKER_PORT' },
  gateway: { port: 8080, setting: 'GATEWAY_PORT' },
} as const satisfies Record<string, { port: number; setting: string }>;

export type AppName = keyof typeof apps;
export const appNames = Object.keys(apps) as AppName[];

/** Ports of the local stack that are no app's own. */
export const otherPorts = {
  mailbox: { port: 8025, setting: 'MAILBOX_PORT', title: "the mailbox's page" },
  smtp: { port: 1025, setting: 'SMTP_PORT', title: "the mailbox's SMTP server" },
  bounces: { port: 2525, setting: 'RETURN_PORT', title: 'the door for bounces' },
} as const;
