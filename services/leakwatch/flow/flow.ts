/** The groups that read each topic, in flow order: once the first are through, the next have everything they will get. */
export const FLOW: readonly { topic: string; groups: readonly string[] }[] = [
  { topic: 'posts', groups: ['matcher-text', 'matcher-image'] },
  { topic: 'detections', groups: ['alerting'] },
];
