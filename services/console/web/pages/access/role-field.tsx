import { Select } from '@mantine/core';
import { RoleSchema, type Role } from '@leakwatch/console/schemas';
import { words } from '../../words/index.ts';

const TEXTS = words.access;

export function RoleField(props: { readonly value: Role; readonly onChange: (role: Role) => void }) {
  return (
    <Select
      label={TEXTS.role}
      data={RoleSchema.options.map((value) => ({ value, label: TEXTS.roles[value] }))}
      value={props.value}
      allowDeselect={false}
      onChange={(value) => {
        const chosen = RoleSchema.safeParse(value);
        if (chosen.success) props.onChange(chosen.data);
      }}
    />
  );
}
