import { isOfPlatform, type ChainStep, type DeliveryView } from '@signalbox/contracts';
import { useTranslation } from 'react-i18next';
import { shownAs } from './timeline.js';

interface Words {
  /** A step of the chain, as the form of contact information calls it. */
  readonly field: (step: ChainStep) => string;
  readonly who: (recipient: Pick<DeliveryView, 'step' | 'address'>) => string;
  /** The sentence for a reason; of one that is newer than this page its code. */
  readonly reason: (code: string) => string;
  /** The same, for why an event that came again is none of its own. */
  readonly repeat: (code: string) => string;
}

/** What the codes of an event are called in the reader's language. */
export function useWords(): Words {
  const { t, i18n } = useTranslation(['events', 'contactInformation']);
  const sentence = (of: 'reasons' | 'repeats', code: string): string =>
    i18n.exists(`${of}.${code}`, { ns: 'events' }) ? t(`${of}.${code}` as 'reasons.erased') : code;
  return {
    field: (step) => (isOfPlatform(step) ? t(`steps.${step}`) : t(`contactInformation:fields.${step}.title`)),
    who: (recipient) => {
      const shown = shownAs(recipient);
      return shown === 'address' ? recipient.address : t(shown);
    },
    reason: (code) => sentence('reasons', code),
    repeat: (code) => sentence('repeats', code),
  };
}
