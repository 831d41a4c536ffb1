export { createAlerting, type AlertingApp, type AlertingOptions } from './app.ts';
export { loadAlertingConfig, type AlertingConfig } from './config.ts';
