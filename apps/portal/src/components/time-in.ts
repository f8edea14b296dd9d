interface TimeInOptions {
  /** An IANA zone; the reader's when left out. */
  readonly zone?: string;
  /** Whether seconds matter. */
  readonly isExact?: boolean;
}

/** An instant as people write it in this language. */
export const timeIn = (language: string, at: string, { zone, isExact = false }: TimeInOptions = {}): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: isExact ? 'medium' : 'short',
    ...(zone !== undefined && { timeZone: zone }),
  }).format(new Date(at));

/** The reader's own zone. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zones in which an instant is told besides the reader's: the account's, and UTC, which API and mails write. */
export const otherZones = (zones: readonly string[], own = ownZone()): string[] =>
  [...new Set([...zones, 'UTC'])].filter((zone) => zone !== own);
