import { missingFields, type MissingField } from '@signalbox/domain';
import type { Asker } from './asker.js';
import type { ChangeAccount, Outcome } from './change-account.js';

/** Launches an account once all that production requires is there; launching twice changes nothing. */
export class LaunchAccount {
  constructor(private readonly accounts: Pick<ChangeAccount, 'execute'>) {}

  execute(account: string, asker: Asker): Promise<Outcome<readonly MissingField[]>> {
    return this.accounts.execute<readonly MissingField[]>(account, (current) => {
      if (current.launched) return { kind: 'unchanged' };
      const missing = missingFields(current.information, current.integrationType, 'production');
      if (missing.length > 0) return { kind: 'refused', why: missing };
      return { kind: 'change', change: { set: { launched: true }, what: 'launch', asker } };
    });
  }
}
