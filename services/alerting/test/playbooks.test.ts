import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ViolationSchema, type Alert } from '@leakwatch/contracts';
import { BUILT_IN_PLAYBOOKS } from '../playbooks/built-in-playbooks.ts';
import { parsePlaybooks } from '../playbooks/load-playbooks.ts';
import { fillIn } from '../playbooks/message-fields.ts';
import { respondTo } from '../playbooks/respond-to.ts';
import { detection, revisionScan } from './support/detections.ts';
import { openScene, type Scene } from './support/scene.ts';

const playbooks = parsePlaybooks(BUILT_IN_PLAYBOOKS, 'built-in');

describe('a playbooks file', () => {
  it('has one built in for every violation, and for none', () => {
    expect(playbooks.map(({ violation }) => violation).sort()).toEqual(
      [...ViolationSchema.options, 'other'].sort(),
    );
  });

  it('is refused with line and column where its message names a field that there is not', () => {
    const broken = BUILT_IN_PLAYBOOKS.replace('{{creator}}', '{{nickname}}');
    expect(() => parsePlaybooks(broken, 'own.yaml')).toThrow(/own\.yaml:4:\d+: .*no field `nickname`/);
  });

  it('does not take a value for a template', () => {
    const values = { creator: '{{campaign}}', campaign: 'c', posts: '', published: '' };
    expect(fillIn('{{creator}} {{ campaign }}', values)).toBe('{{campaign}} c');
  });
});

describe('the response to an alert', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
    await scene.start();
  });
  afterAll(() => scene.close());

  const onlyAlert = async (): Promise<Alert> => {
    const [alert] = await scene.alerts();
    if (alert === undefined) throw new Error('there is no alert');
    return alert;
  };

  it('asks for a correction until every post is edited or gone', async () => {
    await scene.detect(detection({ nativeId: 'p1' }), detection({ nativeId: 'p2' }));
    const standing = respondTo(await onlyAlert(), playbooks);
    expect(standing.playbook.violation).toBe('early-post');
    expect(standing.message).toMatch(/^Hello mara,\n.*\(p[12], p[12]\).* aurora /);
    expect(standing.correctedAt).toBeNull();

    await scene.detect(revisionScan({ nativeId: 'p1', revision: 2 }));
    const half = respondTo(await onlyAlert(), playbooks);
    expect(half.posts.map(({ corrected }) => corrected?.by ?? null).sort()).toEqual(['edit', null]);
    expect(half.correctedAt).toBeNull();

    await scene.detect(revisionScan({ nativeId: 'p2', revision: 2, op: 'delete' }));
    const alert = await onlyAlert();
    const closed = respondTo(alert, playbooks);
    expect(closed.posts.map(({ corrected }) => corrected?.by).sort()).toEqual(['delete', 'edit']);
    expect(closed.correctedAt).not.toBeNull();
    expect(alert.state).toBe('open');
  });
});
