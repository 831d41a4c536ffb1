import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';

export interface MailServer {
  readonly url: string;
  /** Whole messages, as sent. */
  readonly mails: readonly string[];
  /** The recipients of each message. */
  readonly recipients: readonly (readonly string[])[];
  /** Whether recipients called `later` are refused for now. */
  defer(isBusy: boolean): void;
  close(): Promise<void>;
}

/**
 * An SMTP server on loopback that asks for a login. It refuses recipients called `nobody`, and for now those called
 * `later`.
 */
export async function openMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const recipients: string[][] = [];
  let isBusy = true;
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'leakwatch' && password === 'sesame') done(null, { user: username });
      else done(new Error(`no login for ${String(username)} with ${String(password)}`));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('nobody@')) done(new Error(`${address} is unknown`));
      else if (isBusy && address.startsWith('later@')) {
        done(Object.assign(new Error(`${address} is busy`), { responseCode: 450 }));
      } else done();
    },
    onData: (stream, session, done) => {
      text(stream).then((mail) => {
        mails.push(mail);
        recipients.push(session.envelope.rcptTo.map(({ address }) => address));
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.server.address());
  return {
    url: `smtp://leakwatch:sesame@127.0.0.1:${port}`,
    mails,
    recipients,
    defer: (next) => {
      isBusy = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
