import { deliveryStates, type DeliveryState } from '@signalbox/contracts';
import { deliveryReasons, type DeliveryReason } from './classify-smtp.js';
import { observeAddress } from './observe-address.js';

const accepted = { observed: 'accepted', permanent: false };
const bounced = { observed: 'bounced', permanent: true };

describe('the end of a mail tells of its address', () => {
  const told = (state: DeliveryState, reason?: DeliveryReason) => observeAddress({ state, reason });

  it('that it was accepted, when it was sent', () => {
    expect(told('sent')).toEqual(accepted);
  });

  it.each(deliveryReasons)('that it bounces for good, when refused by RCPT and not as %s', (reason) => {
    expect(told('refused', reason)).toEqual(reason === 'recipient-refused' ? bounced : undefined);
  });

  it.each(deliveryStates.filter((state) => state !== 'sent' && state !== 'refused'))(
    'nothing, when it is %s, whatever the reason',
    (state) => {
      for (const reason of deliveryReasons) expect(told(state, reason)).toBeUndefined();
    },
  );
});
