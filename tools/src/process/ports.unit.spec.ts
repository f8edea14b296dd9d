import { portTakenMessage } from './ports.js';

describe('a taken port', () => {
  it('is told in one line that names the port, who needs it, and the setting that moves it', () => {
    const message = portTakenMessage(39092, 'Kafka', 'KAFKA_PORT');
    expect(message.split('\n')).toHaveLength(1);
    expect(message).toContain('39092');
    expect(message).toContain('Kafka');
    expect(message).toContain('set KAFKA_PORT');
  });
});
