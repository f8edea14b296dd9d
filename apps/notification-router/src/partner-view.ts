import {
  isOfPlatform,
  platformStaff,
  type ChainStep,
  type EventView,
  type Preview,
} from '@signalbox/contracts';

/** What a partner reads in place of a process of ours. */
const platform = 'platform';

const shownTo = <R extends { readonly step: ChainStep; readonly address: string }>(recipient: R): R =>
  isOfPlatform(recipient.step) ? { ...recipient, address: platformStaff } : recipient;

/**
 * An event as a partner of its account may see it: their own contacts in full; of whom the platform told beyond them, that
 * it was told and when; and nothing of how the platform is built (keys, processes, relays).
 */
export function eventForPartner(view: EventView): EventView {
  return {
    ...view,
    acceptedBy: null,
    rounds: view.rounds.map((round) => ({ ...round, recipients: round.recipients.map(shownTo) })),
    deliveries: view.deliveries.map((delivery) => {
      const { reply, ...shown } = shownTo(delivery);
      const hidesReply = isOfPlatform(delivery.step);
      return {
        ...shown,
        reply: hidesReply ? null : reply,
        transitions: delivery.transitions.map((transition) => transitionForPartner(transition, hidesReply)),
      };
    }),
  };
}

type Transition = EventView['deliveries'][number]['transitions'][number];

function transitionForPartner(transition: Transition, hidesReply: boolean): Transition {
  const { relay: _, reply, ...shown } = transition;
  return { ...shown, by: platform, ...(!hidesReply && reply !== undefined && { reply }) };
}

/** Who would be told, as a partner of the account may see it. */
export function previewForPartner(preview: Preview): Preview {
  return { ...preview, recipients: preview.recipients.map(shownTo) };
}
