import { eventually } from '@signalbox/testing';
import { token, useSignalbox } from '../support/signalbox.js';

describe('one event, one mail', () => {
  const signalbox = useSignalbox({ replicas: { 'notification-router': 2 } });

  it('the same event id posted 200 times in parallel makes one mail', async () => {
    const about = token();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        signalbox().post({ kind: 'emergency', title: `${about} once`, id: about }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    await signalbox().settled();
    expect(await signalbox().mailsAbout(about)).toHaveLength(1);
    expect((await signalbox().event(about)).repeats).toHaveLength(199);
  });

  it('the same id with another body is a conflict that is shown, and sends nothing more', async () => {
    const about = token();
    await signalbox().post({ kind: 'emergency', title: `${about} first`, id: about });
    await signalbox().eventDecided(about);
    await signalbox().post({ kind: 'emergency', title: `${about} second`, id: about });
    await eventually(async () => (await signalbox().event(about)).repeats.length === 1);
    await signalbox().settled();
    expect((await signalbox().event(about)).repeats).toMatchObject([
      { what: 'conflict', reason: 'same-id-other-content' },
    ]);
    const subjects = (await signalbox().mailsAbout(about)).map(({ Subject }) => Subject);
    expect(subjects).toEqual([expect.stringContaining(`${about} first`)]);
  });
});
