import { ProblemError } from '@signalbox/runtime';

/**
 * The answer when Kafka did not acknowledge in time: the events may be stored or not. A second is enough to wait, since
 * posting the same ids again is safe however often it is done.
 * @param extra what is known of the request's events, as members of the problem.
 */
export function notKnownToBeAccepted(extra: Readonly<Record<string, unknown>>, cause: unknown): ProblemError {
  const detail =
    'It is not known whether these events are accepted. Post them again with the ids given here: that is safe.';
  return new ProblemError('not-known-to-be-accepted', detail, {
    extra,
    headers: { 'Retry-After': '1' },
    cause,
  });
}
