import { isOfPlatform, type Decision } from '@signalbox/contracts';

/** Whether nobody of the partner is told: only people of the platform are, or nobody at all. */
export const isHole = ({ tell }: Pick<Decision, 'tell'>): boolean =>
  !tell.some(({ step, suppressed }) => suppressed === undefined && !isOfPlatform(step));
