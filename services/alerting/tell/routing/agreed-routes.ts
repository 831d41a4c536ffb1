import { sha256Hex } from '@leakwatch/contracts';
import { type AgreedText } from '../../agree/change-text.ts';
import { type ChannelSettings } from '../channels/channel-settings.ts';
import { channelNames } from '../channels/create-channels.ts';
import { parseRoutes } from './parse-routes.ts';
import { routesInForce, type RoutesText } from './read-routes.ts';

/** The routes as two people change them: they name channels that are set up. */
export function agreedRoutes(settings: ChannelSettings): AgreedText {
  return {
    kind: 'routes',
    check: (text) => {
      parseRoutes(text, 'routes', channelNames(settings));
      return sha256Hex(text);
    },
  };
}

/** Why routes that were agreed on can't be used, one line each; none for a file, which its reader checks. */
export function problemsOfAgreed(written: RoutesText, settings: ChannelSettings): readonly string[] {
  if (written.source !== 'agreed') return [];
  return routesInForce(written, channelNames(settings)).broken?.problems ?? [];
}
