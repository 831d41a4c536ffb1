export { createAlerting, type AlertingApp, type AlertingOptions } from './app.ts';
export { DeliveryError, type Channel } from './channels/channel.ts';
export { formatNotice, type TerminalSettings } from './channels/terminal.ts';
export { type WebhookPayload } from './channels/webhook.ts';
export { DEFAULT_DELIVERY, loadAlertingConfig, type AlertingConfig } from './config.ts';
export {
  giveVerdict,
  VerdictError,
  type VerdictErrorCode,
  type VerdictRequest,
} from './verdicts/give-verdict.ts';
