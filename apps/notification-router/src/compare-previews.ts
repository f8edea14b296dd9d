import type { AccountPreview, RecipientsChange } from '@signalbox/contracts';

export interface Difference {
  readonly count: number;
  /** The first of them. */
  readonly changes: readonly RecipientsChange[];
}

/** More are counted and not shown. */
const mostShown = 100;

/** How two previews differ in who would be told; both come in the order of their accounts, and neither is kept. */
export async function comparePreviews(
  before: AsyncIterator<AccountPreview>,
  now: AsyncIterator<AccountPreview>,
): Promise<Difference> {
  const changes: RecipientsChange[] = [];
  let count = 0;
  const note = (account: string, was: AccountPreview | undefined, is: AccountPreview | undefined): void => {
    count += 1;
    if (changes.length < mostShown)
      changes.push({ account, before: was ? addressesOf(was) : null, now: is ? addressesOf(is) : null });
  };
  let was = await next(before);
  let is = await next(now);
  while (was !== undefined || is !== undefined) {
    if (is === undefined || (was !== undefined && was.account < is.account)) {
      note(was?.account ?? '', was, undefined);
      was = await next(before);
    } else if (was === undefined || is.account < was.account) {
      note(is.account, undefined, is);
      is = await next(now);
    } else {
      if (recipientsOf(was) !== recipientsOf(is)) note(is.account, was, is);
      was = await next(before);
      is = await next(now);
    }
  }
  return { count, changes };
}

async function next(previews: AsyncIterator<AccountPreview>): Promise<AccountPreview | undefined> {
  const step = await previews.next();
  return step.done === true ? undefined : step.value;
}

const addressesOf = ({ recipients }: AccountPreview): string[] => recipients.map(({ address }) => address);

/** The step counts too: another address of the platform, and somebody who falls back, are other news. */
const recipientsOf = ({ recipients }: AccountPreview): string =>
  JSON.stringify(recipients.map(({ address, step }) => [address, step]).sort());
