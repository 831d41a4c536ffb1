export { toEditedList, type EditedList } from './apply-edits.ts';
export { diffLists } from './diff-lists.ts';
