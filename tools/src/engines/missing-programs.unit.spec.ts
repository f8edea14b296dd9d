import { missingProgramsMessage } from './start-engines.js';

describe('an engine that cannot be had', () => {
  it('is told in one line: what was looked for, what is missing, what to do', () => {
    const message = missingProgramsMessage([
      {
        name: 'kafka',
        missing: ['java 17 or newer on the PATH (none was found)', 'mvn (Maven) on the PATH'],
      },
    ]);
    expect(message.split('\n')).toHaveLength(1);
    expect(message).toBe(
      'No Kafka: KAFKA_BROKERS not set, Docker does not answer (docker info), and to run natively ' +
        'Kafka needs java 17 or newer on the PATH (none was found) and mvn (Maven) on the PATH. ' +
        'Install what is missing, start Docker, or set KAFKA_BROKERS.',
    );
  });
});
