export { createAlerting, type AlertingApp, type AlertingOptions } from './app.ts';
export { DeliveryError, type Channel } from './channels/channel.ts';
export { formatNotice, type TerminalSettings } from './channels/terminal.ts';
export { type WebhookPayload } from './channels/webhook.ts';
export { DEFAULT_DELIVERY, loadAlertingConfig, type AlertingConfig } from './config.ts';
export { changeAlert, type AlertChangeRequest, type AnalystMove } from './life/change-alert.ts';
export { AlertError, findAlert, type AlertErrorCode } from './life/find-alert.ts';
export { readTimeline, type TimelineEntry } from './life/timeline.ts';
export { giveVerdict, type VerdictRequest } from './verdicts/give-verdict.ts';
