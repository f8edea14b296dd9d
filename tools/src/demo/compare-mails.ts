export interface ExpectedMail {
  readonly eventId: string;
  readonly recipient: string;
  readonly subject: string;
}

export interface Comparison {
  readonly missing: readonly ExpectedMail[];
  /** Mails of this run that nobody expected; a second copy of an expected one is among them. */
  readonly unexpected: readonly ExpectedMail[];
}

/** Compares mail by mail; each expected mail accounts for one that arrived. */
export function compareMails(
  expected: readonly ExpectedMail[],
  arrived: readonly ExpectedMail[],
): Comparison {
  const left = [...arrived];
  const missing = expected.filter((mail) => {
    const index = left.findIndex((each) => keyOf(each) === keyOf(mail));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { missing, unexpected: left };
}

const keyOf = ({ eventId, recipient, subject }: ExpectedMail): string =>
  JSON.stringify([eventId, recipient, subject]);
