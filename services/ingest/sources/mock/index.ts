export { type Disguises } from './disguise-name.ts';
export { createMockSource, type MockSource, type MockSourceOptions, type MockTruth } from './mock-source.ts';
