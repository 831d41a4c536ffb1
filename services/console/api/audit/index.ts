export { appendAudit, type AuditAct } from './append-audit.ts';
export { readAudit, verifyAudit, type AuditCheck } from './verify-audit.ts';
export { type AuditRow } from './queries/list-audit.ts';
