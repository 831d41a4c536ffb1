import { ViolationSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_PLAYBOOKS } from '../../desk/playbooks/built-in-playbooks.ts';
import { parsePlaybooks } from '../../desk/playbooks/load-playbooks.ts';
import { fillIn } from '../../desk/playbooks/message-fields.ts';

const playbooks = parsePlaybooks(BUILT_IN_PLAYBOOKS, 'built-in');

describe('a playbooks file', () => {
  it('has one built in for every violation, and for none', () => {
    expect(playbooks.map(({ violation }) => violation).sort()).toEqual(
      [...ViolationSchema.options, 'other'].sort(),
    );
  });

  it('is refused with line and column where its message names a field that there is not', () => {
    const broken = BUILT_IN_PLAYBOOKS.replace('{{handle}}', '{{nickname}}');
    expect(() => parsePlaybooks(broken, 'own.yaml')).toThrow(/own\.yaml:4:\d+: .*no field `nickname`/);
  });

  it('that is built in names nothing that the recipient did not write', () => {
    const drafts = playbooks.flatMap(({ message, messageToOthers = '' }) => [message, messageToOthers]);
    for (const message of drafts) {
      expect(message).toMatch(/^Hello \{\{handle\}\},/);
      expect(message).not.toMatch(/\{\{\s*(campaign|creator)\s*\}\}|embargo|campaign/i);
    }
  });

  it('is refused where a message to others names what only the briefed were told', () => {
    for (const field of ['campaign', 'creator']) {
      const broken = BUILT_IN_PLAYBOOKS.replace(/(messageToOthers: \|\n +Hello )/, `$1{{${field}}} `);
      expect(() => parsePlaybooks(broken, 'own.yaml')).toThrow(`there is no field \`${field}\``);
    }
  });

  it('does not take a value for a template', () => {
    const values = { handle: '', creator: '{{campaign}}', campaign: 'c', posts: '', published: '' };
    expect(fillIn('{{creator}} {{ campaign }}', values)).toBe('{{campaign}} c');
  });
});
