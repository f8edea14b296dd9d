import { httpUrl, kafkaConfig, port, processConfig, publicUrl, signingKeys } from '@signalbox/runtime';
import { z } from 'zod';

/** Names that start with two underscores are Prometheus' own, and never reach a webhook. */
const labelName = z.string().regex(/^(?!__)[^\p{Cc}\s]{1,100}$/u, 'it is the name of a label');

export const GatewayConfig = z
  .object({
    ...processConfig,
    ...signingKeys,
    ...kafkaConfig,
    GATEWAY_PORT: port(8080),
    ...publicUrl,
    /** Where people find support and a guide; our own documents where nothing is said. */
    SUPPORT_URL: httpUrl.optional(),
    HELP_URL: httpUrl.optional(),
    /** The page of a local stack's mailbox, to which the sign-in page then leads. */
    MAILBOX_URL: httpUrl.optional(),
    CONTACT_REGISTRY_URL: httpUrl.default('http://127.0.0.1:8081'),
    NOTIFICATION_ROUTER_URL: httpUrl.default('http://127.0.0.1:8082'),
    /** The labels of an alert that name its account, environment, kind and severity. */
    LABEL_ACCOUNT: labelName.default('account'),
    LABEL_ENVIRONMENT: labelName.default('environment'),
    LABEL_KIND: labelName.default('signalbox_kind'),
    LABEL_SEVERITY: labelName.default('severity'),
  })
  .refine(hasFourLabels, {
    path: ['LABEL_ACCOUNT'],
    message: 'LABEL_ACCOUNT, LABEL_ENVIRONMENT, LABEL_KIND and LABEL_SEVERITY name four labels',
  });
export type GatewayConfig = z.output<typeof GatewayConfig>;

/** One label that names both an account and an environment is a mistake which would page the wrong people. */
function hasFourLabels(config: {
  LABEL_ACCOUNT: string;
  LABEL_ENVIRONMENT: string;
  LABEL_KIND: string;
  LABEL_SEVERITY: string;
}): boolean {
  const names = [config.LABEL_ACCOUNT, config.LABEL_ENVIRONMENT, config.LABEL_KIND, config.LABEL_SEVERITY];
  return new Set(names).size === names.length;
}
