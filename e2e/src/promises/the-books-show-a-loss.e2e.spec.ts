import mongoose from 'mongoose';
import { token, useSignalbox } from '../support/signalbox.js';

describe('the books show a loss', () => {
  const signalbox = useSignalbox();

  it('a dispatch taken away by hand makes a difference that is not 0, and putting it back makes it 0', async () => {
    const about = token();
    await signalbox().post({ kind: 'emergency', title: `${about} counted`, id: about });
    await signalbox().mailsArrived(about, 1);
    await signalbox().settled();
    const connection = await mongoose
      .createConnection(signalbox().stack.engines.mongo.address, { dbName: 'signalbox_dispatch' })
      .asPromise();
    const dispatches = connection.collection('dispatches');
    const taken = await dispatches.findOneAndDelete({ 'event.id': about });
    expect((await signalbox().ledger()).difference).toBeGreaterThan(0);
    if (taken) await dispatches.insertOne(taken);
    await connection.close();
    expect((await signalbox().settled()).difference).toBe(0);
  });
});
