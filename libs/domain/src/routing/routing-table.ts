import type { Category, Environment, EventKind, Lane, SuppressionReason } from '@signalbox/contracts';

export interface Rule {
  /** The contact field that answers for this kind. */
  readonly category: Category;
  readonly lane: Lane;
  /** Elsewhere nobody is told, for the reason given. */
  readonly onlyIn?: { readonly environment: Environment; readonly elseReason: SuppressionReason };
}

/** One row per kind of event. This is the whole of who is told what; what happens when nobody is there stands in the chains. */
export const routingTable = {
  'production-incident': {
    category: 'alertContacts',
    lane: 'standard',
    onlyIn: { environment: 'production', elseReason: 'alerts-are-production-only' },
  },
  emergency: { category: 'technicalEmergency', lane: 'emergency' },
  'migration-notice': { category: 'technicalNonEmergency', lane: 'bulk' },
  'matching-issue': { category: 'technicalNonEmergency', lane: 'standard' },
  'merchant-complaint': { category: 'merchantIssues', lane: 'standard' },
  'removal-request': { category: 'merchantIssues', lane: 'standard' },
  'user-escalation': { category: 'operationalInternal', lane: 'standard' },
} as const satisfies Record<EventKind, Rule>;

/** The row for a kind, as the type that every row satisfies. */
export const ruleFor = (kind: EventKind): Rule => routingTable[kind];
