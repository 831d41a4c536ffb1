export { toEditedList, type EditedList } from './apply-edits.ts';
export { diffLists } from './diff-lists.ts';
export { creatorIdFor } from './roster/creator-id.ts';
export { createKnownAccounts, withAccounts } from './roster/known-accounts.ts';
export { readRoster } from './roster/read-roster.ts';
