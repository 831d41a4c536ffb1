export * from './deadline.ts';
export * from './errors.ts';
export * from './lifecycle.ts';
export * from './load-config.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './ops-server.ts';
