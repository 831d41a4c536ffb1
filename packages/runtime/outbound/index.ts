export { createPublicConnector } from './public-connector.ts';
export { assertPublicLiteral, ForbiddenAddressError } from './public-address.ts';
export { startStopwatch, type Stopwatch } from './stopwatch.ts';
