import { type EditedCampaign } from '@leakwatch/console/schemas';
import { Button, Textarea, TextInput } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { words } from '../../words/index.ts';
import { ApprovedTexts } from './approved-texts.tsx';
import { AssetFields } from './asset-fields.tsx';
import { fromLocal, toLocal } from './local-time.ts';
import { TermFields } from './term-fields.tsx';
import fieldStyles from '../../parts/field.module.css';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;
const SENSITIVITIES = ['low', 'normal', 'high', 'critical'] as const;

/** One campaign: who and when, its terms, its pictures, and what the brand has allowed. */
export function CampaignForm(props: {
  readonly campaign: EditedCampaign;
  readonly change: (campaign: EditedCampaign) => void;
  readonly remove: () => void;
}) {
  const { campaign, change, remove } = props;
  return (
    <Card
      title={campaign.name === '' ? campaign.id : campaign.name}
      aside={
        <Button size="xs" variant="default" onClick={remove}>
          {TEXTS.removeCampaign}
        </Button>
      }
    >
      <div className={styles.fields}>
        <TextInput
          label={TEXTS.name}
          value={campaign.name}
          onChange={({ currentTarget }) => change({ ...campaign, name: currentTarget.value })}
        />
        <TextInput
          label={TEXTS.brand}
          value={campaign.brand ?? ''}
          onChange={({ currentTarget }) => change(withText(campaign, 'brand', currentTarget.value))}
        />
        <TextInput
          label={TEXTS.niche}
          value={campaign.niche ?? ''}
          onChange={({ currentTarget }) => change(withText(campaign, 'niche', currentTarget.value))}
        />
        <label className={fieldStyles.label}>
          {TEXTS.sensitivity}
          <select
            className={fieldStyles.select}
            value={campaign.sensitivity}
            onChange={({ currentTarget }) => {
              const sensitivity = SENSITIVITIES.find((one) => one === currentTarget.value) ?? 'normal';
              change({ ...campaign, sensitivity });
            }}
          >
            {SENSITIVITIES.map((one) => (
              <option key={one} value={one}>
                {TEXTS.sensitivities[one]}
              </option>
            ))}
          </select>
        </label>
        <TextInput
          type="datetime-local"
          label={TEXTS.lifts}
          description={TEXTS.liftsHint}
          value={toLocal(campaign.embargo?.liftsAt)}
          onChange={({ currentTarget }) => {
            const changed = { ...campaign };
            const liftsAt = fromLocal(currentTarget.value);
            if (liftsAt === null) delete changed.embargo;
            else changed.embargo = { liftsAt };
            change(changed);
          }}
        />
      </div>
      <Textarea
        label={TEXTS.brief}
        description={TEXTS.briefHint}
        rows={2}
        value={campaign.brief ?? ''}
        onChange={({ currentTarget }) => change(withText(campaign, 'brief', currentTarget.value))}
      />
      <TermFields campaign={campaign} change={change} />
      <AssetFields campaign={campaign} change={change} />
      <ApprovedTexts campaign={campaign} change={change} />
      <Textarea
        label={TEXTS.approvedPosts}
        description={TEXTS.approvedPostsHint}
        rows={2}
        value={campaign.approvedPosts.join('\n')}
        onChange={({ currentTarget }) =>
          change({ ...campaign, approvedPosts: currentTarget.value.split('\n') })
        }
      />
    </Card>
  );
}

/** An empty field is an absent one. */
function withText(
  campaign: EditedCampaign,
  field: 'brand' | 'niche' | 'brief',
  text: string,
): EditedCampaign {
  if (text.trim() !== '') return { ...campaign, [field]: text };
  const { brand, niche, brief, ...rest } = campaign;
  const kept = { brand, niche, brief, [field]: undefined };
  return {
    ...rest,
    ...(kept.brand === undefined ? {} : { brand: kept.brand }),
    ...(kept.niche === undefined ? {} : { niche: kept.niche }),
    ...(kept.brief === undefined ? {} : { brief: kept.brief }),
  };
}
