import { EventReference, eventData, Severity } from '@signalbox/contracts';
import { z } from 'zod';

/** The fields of events that are plain text, in the order in which they are read. */
const textNames = [
  'summary',
  'impact',
  'merchantName',
  'merchantId',
  'complaint',
  'reservationReference',
  'reason',
] as const;
const instantNames = ['effectiveAt', 'deadline'] as const;

const Details = z.record(z.string(), z.string());
const common = eventData.emergency.shape;

export interface EventFacts {
  readonly severity: Severity | undefined;
  readonly status: 'firing' | 'resolved' | undefined;
  readonly texts: readonly (readonly [(typeof textNames)[number], string])[];
  readonly instants: readonly (readonly [(typeof instantNames)[number], string])[];
  readonly details: readonly (readonly [string, string])[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly resolves: EventReference | undefined;
}

/**
 * What of an event's data is shown. It was checked when it came in, and is read by the same schemas again: a link that is
 * not http or https does not become one here.
 */
export function factsOf(data: Readonly<Record<string, unknown>>): EventFacts {
  const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const filled = <Name extends string>(names: readonly Name[]) =>
    names.flatMap((name) => {
      const value = data[name];
      return isFilled(value) ? [[name, value] as const] : [];
    });
  return {
    severity: Severity.safeParse(data['severity']).data,
    status: eventData['production-incident'].shape.status.safeParse(data['status']).data,
    texts: filled(textNames),
    instants: filled(instantNames),
    details: Object.entries(Details.safeParse(data['details']).data ?? {}),
    links: common.links.safeParse(data['links']).data ?? [],
    resolves: EventReference.safeParse(data['resolves']).data,
  };
}
