// Support hours: whether anybody is there at an instant, when that turns next, and what a change of clocks means for it.
export * from './open-periods.js';
export * from './support-hours.js';
