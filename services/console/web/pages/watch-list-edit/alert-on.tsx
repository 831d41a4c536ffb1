import { GradeSchema, type Grade } from '@leakwatch/console/schemas';
import { Checkbox } from '@mantine/core';
import { words } from '../../words/index.ts';
import styles from './watch-list-edit.module.css';

/** The grades that raise alerts. At least one stays chosen; a choice that is the inherited one follows it from then on. */
export function AlertOn(props: {
  readonly label: string;
  /** Absent: the inherited ones count. */
  readonly chosen: readonly Grade[] | undefined;
  readonly inherited: readonly Grade[];
  readonly change: (chosen: Grade[] | undefined) => void;
}) {
  const { label, chosen, inherited, change } = props;
  const grades = chosen ?? inherited;
  const put = (grade: Grade, isChosen: boolean) => {
    const next = GradeSchema.options.filter((one) => (one === grade ? isChosen : grades.includes(one)));
    const isInherited = next.length === inherited.length && next.every((one) => inherited.includes(one));
    change(isInherited ? undefined : next);
  };
  return (
    <fieldset className={styles.alertOn}>
      <legend>{label}</legend>
      {GradeSchema.options.map((grade) => {
        const isChosen = grades.includes(grade);
        return (
          <Checkbox
            key={grade}
            size="xs"
            label={words.grade[grade]}
            checked={isChosen}
            disabled={isChosen && grades.length === 1}
            onChange={({ currentTarget }) => put(grade, currentTarget.checked)}
          />
        );
      })}
    </fieldset>
  );
}
