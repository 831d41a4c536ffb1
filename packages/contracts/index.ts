export * from './alert.ts';
export * from './approved-text.ts';
export * from './canary.ts';
export * from './common.ts';
export * from './coverage.ts';
export * from './dead-letter.ts';
export * from './detection.ts';
export * from './disclosure.ts';
export * from './errors.ts';
export * from './fingerprint.ts';
export * from './format-path.ts';
export * from './grade.ts';
export * from './ids.ts';
export * from './kept-post.ts';
export * from './parse-watchlist.ts';
export * from './plain-text.ts';
export { PlatformInstantSchema } from './platform-value.ts';
export * from './post.ts';
export * from './report.ts';
export * from './rescan.ts';
export * from './review.ts';
export * from './silence.ts';
export * from './submitted-post.ts';
export * from './text-field.ts';
export * from './tip.ts';
export * from './topics.ts';
export * from './verdict.ts';
export * from './watchlist.ts';
export { editYaml, YamlEditError, type YamlEdit } from './yaml/edit-yaml.ts';
export { describeProblem, placed, type FileProblem, type Place } from './yaml/file-problem.ts';
export {
  findForbiddenCharacter,
  findTextProblems,
  findUnkeepableCharacter,
} from './yaml/forbidden-characters.ts';
export { writeYaml } from './yaml/write-yaml.ts';
export { YamlSource, type CheckedYaml } from './yaml/yaml-source.ts';
