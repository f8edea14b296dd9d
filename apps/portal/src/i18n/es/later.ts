import { acknowledge } from './acknowledge.js';
import { events } from './events.js';
import { history } from './history.js';
import { overview } from './overview.js';
import type { LaterTexts } from '../texts.js';

export const later: LaterTexts = {
  acknowledge,
  events,
  history,
  overview,
};
