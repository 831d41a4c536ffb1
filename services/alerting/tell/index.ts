export { DeliveryError, type Channel } from './channels/channel.ts';
export { formatNotice, type TerminalSettings } from './channels/terminal.ts';
export { type WebhookPayload } from './channels/webhook.ts';
export { DEFAULT_DELIVERY } from './outbox/delivery-settings.ts';
export { listNotices, type NoticeState } from './queries/list-notices.ts';
export { loadChannelStanding, type ChannelStanding } from './queries/load-channel-standing.ts';
export { retryNotices } from './queries/retry-notices.ts';
export { tryRoutes, type RoutesTrial } from './routing/try-routes.ts';
