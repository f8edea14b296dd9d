import { events } from './events.js';
import { overview } from './overview.js';

/** The texts of the pages behind the gate, which are fetched there. */
export const later = {
  events,
  overview,
} as const;
