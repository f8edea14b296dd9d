import type { EventDataOf, EventKind } from '@signalbox/contracts';
import type { FactLabel } from './mail-texts.js';

/** How a field is shown: on one line, as an instant on one line, or as a paragraph of its own. */
type Shown = 'line' | 'instant' | 'paragraph';

type OwnField<K extends EventKind> = Extract<keyof EventDataOf<K>, FactLabel>;

/** The kind's own fields, in the order in which a mail shows them; what every kind has stands in the layout. */
export const kindFields = {
  'production-incident': [],
  emergency: [['impact', 'paragraph']],
  'migration-notice': [
    ['effectiveAt', 'instant'],
    ['deadline', 'instant'],
  ],
  'matching-issue': [],
  'merchant-complaint': [
    ['merchantName', 'line'],
    ['merchantId', 'line'],
    ['complaint', 'paragraph'],
  ],
  'removal-request': [
    ['merchantName', 'line'],
    ['merchantId', 'line'],
    ['complaint', 'paragraph'],
  ],
  'user-escalation': [
    ['reservationReference', 'line'],
    ['reason', 'paragraph'],
  ],
} as const satisfies { [K in EventKind]: readonly (readonly [OwnField<K>, Shown])[] };
