import { type EditedCampaign } from '@leakwatch/console/schemas';
import { Button, Textarea } from '@mantine/core';
import { words } from '../../words/index.ts';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;

/** Whole captions that the brand has allowed, one a field: a caption has lines of its own. */
export function ApprovedTexts(props: {
  readonly campaign: EditedCampaign;
  readonly change: (campaign: EditedCampaign) => void;
}) {
  const { campaign, change } = props;
  const texts = campaign.approvedTexts ?? [];
  const put = (approvedTexts: string[]) => change({ ...campaign, approvedTexts });
  return (
    <fieldset className={styles.group}>
      <legend>{TEXTS.approvedTexts}</legend>
      <p className={styles.note}>{TEXTS.approvedTextsHint}</p>
      {texts.map((text, index) => (
        <div key={index} className={styles.term}>
          <Textarea
            aria-label={TEXTS.approvedText(index + 1)}
            rows={2}
            value={text}
            onChange={({ currentTarget }) => put(texts.with(index, currentTarget.value))}
          />
          <Button
            size="xs"
            variant="default"
            aria-label={TEXTS.removeText(index + 1)}
            onClick={() => put(texts.toSpliced(index, 1))}
          >
            {TEXTS.remove}
          </Button>
        </div>
      ))}
      <div className={styles.line}>
        <Button size="xs" variant="default" onClick={() => put([...texts, ''])}>
          {TEXTS.addText}
        </Button>
      </div>
    </fieldset>
  );
}
