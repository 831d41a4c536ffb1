import { type Role } from '../schemas/index.ts';

/** The person or program behind a request. */
export interface Viewer {
  readonly accountId: number;
  readonly name: string;
  readonly role: Role;
  /** Campaigns that it may see; null: all. */
  readonly campaigns: readonly string[] | null;
  /** Rights beside reading. */
  readonly may: { readonly work: boolean; readonly lead: boolean; readonly admin: boolean };
  /** The hash of the session's id; null for a token. */
  readonly sessionHash: string | null;
  readonly expiresAt: Date;
}

const RANKS: readonly Role[] = ['viewer', 'analyst', 'lead', 'admin'];

export function hasRank(role: Role, least: Role): boolean {
  return RANKS.indexOf(role) >= RANKS.indexOf(least);
}

/** The rights of a role; a token has those of its scopes at most, and never keeps accounts. */
export function rightsOf(role: Role, scopes: readonly string[] | null): Viewer['may'] {
  const works = scopes === null || scopes.includes('work');
  return {
    work: works && hasRank(role, 'analyst'),
    lead: works && hasRank(role, 'lead'),
    admin: scopes === null && hasRank(role, 'admin'),
  };
}

/** The campaigns that both an account and its token allow. */
export function commonCampaigns(
  one: readonly string[] | null,
  other: readonly string[] | null,
): readonly string[] | null {
  if (one === null) return other;
  return other === null ? one : one.filter((id) => other.includes(id));
}

export function sees(viewer: Pick<Viewer, 'campaigns'>, campaignId: string): boolean {
  return viewer.campaigns?.includes(campaignId) ?? true;
}

/** Whether an account may keep one of these campaigns; null: all of them. */
export function reaches(viewer: Pick<Viewer, 'campaigns'>, campaigns: readonly string[] | null): boolean {
  return viewer.campaigns === null || (campaigns?.every((id) => sees(viewer, id)) ?? false);
}
