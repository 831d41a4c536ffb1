import { type Grade, type Severity, type State, type VerdictKind } from '@leakwatch/console/schemas';

/** English for what an incident is: its severity, its state, how it ended, what the creator is suspected of, and how much of a picture was shown. */
export const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};
export const STATE: Readonly<Record<State, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  investigating: 'In work',
  resolved: 'Resolved',
};
export const VERDICT: Readonly<Record<VerdictKind, string>> = {
  confirmed: 'Leak',
  'false-positive': 'False alarm',
  approved: 'Approved',
};
export const RESOLUTION: Readonly<Record<string, string>> = { ...VERDICT, duplicate: 'Duplicate' };
export const VIOLATION: Readonly<Record<string, string>> = {
  'early-post': 'Early post',
  'leaked-image': 'Leaked picture',
  'undisclosed-price': 'Price',
  'missing-disclosure': 'No disclosure',
  other: 'Other',
};
export const STANDING: Readonly<Record<string, string>> = {
  stands: 'Still up',
  edited: 'Edited away',
  deleted: 'Deleted',
};
export const GRADE: Readonly<Record<Grade, string>> = {
  same: 'the whole picture',
  part: 'a part of it',
  'same-layout': 'its layout with other content',
};
