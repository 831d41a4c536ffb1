import { buildConnector } from 'undici';
import { createPublicLookup, ForbiddenAddressError, isPublicAddress } from './public-address.ts';

const LONGEST_CONNECT_MS = 10_000;

/**
 * Makes the connector of an undici Agent for addresses that strangers wrote. It connects to public addresses only, checked when
 * a name is resolved and again on the connected socket.
 */
export function createPublicConnector(options: {
  timeoutMs: number;
  /** For a network of your own: connects to every address. */
  allowPrivateAddresses: boolean;
  /** Host and port of a server of our own: connects there, too. */
  ownHost?: string;
}): buildConnector.connector {
  const timeout = Math.min(options.timeoutMs, LONGEST_CONNECT_MS);
  if (options.allowPrivateAddresses) return buildConnector({ timeout });
  const connect = buildConnector({ timeout, lookup: createPublicLookup() });
  const connectAnywhere = buildConnector({ timeout });
  return (target, callback) => {
    if (`${target.hostname}:${target.port}` === options.ownHost) {
      connectAnywhere(target, callback);
      return;
    }
    connect(target, (...result) => {
      if (result[0] === null && !isPublicAddress(result[1].remoteAddress ?? '')) {
        result[1].destroy();
        callback(new ForbiddenAddressError('the connection went to an address that is not public'), null);
        return;
      }
      callback(...result);
    });
  };
}
