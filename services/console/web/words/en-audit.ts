/** English for what a line of the audit log keeps beside its subject. */
import { z } from 'zod';
import { ENGINE } from './en-engine.ts';

type Detail = Readonly<Record<string, unknown>>;
type NameCampaigns = (campaigns: readonly string[] | null) => string;

const FieldsSchema = z.record(z.string(), z.unknown());
const ChangeSchema = z.object({ before: FieldsSchema, after: FieldsSchema });
const IdsSchema = z.array(z.string());

/** `role: analyst → lead; campaigns: Strider → all campaigns`: what changed, or what the act was about. */
export function auditDetail(detail: Detail, nameCampaigns: NameCampaigns): string {
  const write = (field: string, value: unknown) => writeValue(field, value, nameCampaigns);
  const change = ChangeSchema.safeParse(detail);
  if (change.success) {
    const { before, after } = change.data;
    return Object.keys(after)
      .map((field) => [field, write(field, before[field]), write(field, after[field])] as const)
      .filter(([, was, is]) => was !== is)
      .map(([field, was, is]) => `${ENGINE.inWords(field)}: ${was} → ${is}`)
      .join('; ');
  }
  return Object.entries(detail)
    .filter(([field, value]) => field !== 'change' && value !== '')
    .map(([field, value]) => `${ENGINE.inWords(field).replace(/ id$/, '')}: ${write(field, value)}`)
    .join('; ');
}

function writeValue(field: string, value: unknown, nameCampaigns: NameCampaigns): string {
  const ids = IdsSchema.safeParse(value);
  if (field === 'campaigns' && (ids.success || value === null)) return nameCampaigns(ids.data ?? null);
  if (field === 'campaignId' && typeof value === 'string') return nameCampaigns([value]);
  if (ids.success) return ids.data.map(writeText).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? writeText(value) : JSON.stringify(value ?? null);
}

function writeText(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 8) : text;
}
