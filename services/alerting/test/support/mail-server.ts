import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';

export interface MailServer {
  readonly url: string;
  /** Whole messages, as they came over the line. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** An SMTP server on loopback that wants a login, and refuses recipients called `nobody`. */
export async function openMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'leakwatch' && password === 'sesame') done(null, { user: username });
      else done(new Error(`no login for ${String(username)} with ${String(password)}`));
    },
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('nobody@') ? done(new Error(`${address} is unknown`)) : done(),
    onData: (stream, _session, done) => {
      text(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.server.address());
  return {
    url: `smtp://leakwatch:sesame@127.0.0.1:${port}`,
    mails,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
