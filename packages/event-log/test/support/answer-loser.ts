import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Kafka's request of that kind: its number stands after the length of the request. */
const PRODUCE = 0;

export interface AnswerLoser {
  readonly address: string;
  /** Where connections lead. */
  leadTo(address: string): void;
  /** Breaks the connection instead of passing on the answers to so many appends, or when it has passed on half: the broker has done them. */
  loseAnswers(count: number, passingOn?: 'nothing' | 'half'): void;
  /** Number of answers lost so far. */
  lost(): number;
  close(): Promise<void>;
}

/** A network before a broker that loses answers to appends. */
export async function startAnswerLoser(): Promise<AnswerLoser> {
  let target = '';
  let toLose = 0;
  let lost = 0;
  let share = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const [host, port] = target.split(':');
    const broker = connect(Number(port), host);
    let doomed = false;
    const both = [client, broker];
    for (const socket of both) {
      sockets.add(socket);
      // Either end takes the other with it.
      socket.on('error', () => undefined);
      socket.on('close', () => both.forEach((one) => one.destroy()));
    }
    client.on('data', (request) => {
      if (toLose > 0 && request.readInt16BE(4) === PRODUCE) {
        toLose -= 1;
        doomed = true;
      }
      broker.write(request);
    });
    broker.on('data', (answer) => {
      if (!doomed) return void client.write(answer);
      lost += 1;
      doomed = false;
      client.write(answer.subarray(0, answer.length * share), () => client.destroy());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');

  return {
    address: `127.0.0.1:${address.port}`,
    leadTo: (to) => void (target = to),
    loseAnswers(count, passingOn = 'nothing') {
      toLose = count;
      share = passingOn === 'half' ? 0.5 : 0;
    },
    lost: () => lost,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
