import { acknowledge } from './acknowledge.js';
import { events } from './events.js';
import { history } from './history.js';
import { overview } from './overview.js';

/** The texts of the pages behind the gate, which are fetched there. */
export const later = {
  acknowledge,
  events,
  history,
  overview,
} as const;
