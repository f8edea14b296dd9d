import { events } from './events.js';
import { overview } from './overview.js';
import type { LaterTexts } from '../texts.js';

export const later: LaterTexts = {
  events,
  overview,
};
