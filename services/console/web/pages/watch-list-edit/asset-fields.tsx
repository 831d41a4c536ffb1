import {
  alertGradesOf,
  type EditedCampaign,
  type Grade,
  type UploadedPicture,
} from '@leakwatch/console/schemas';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { pictureAddress, uploadPicture } from '../../data/draft.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { words } from '../../words/index.ts';
import { AlertOn } from './alert-on.tsx';
import { newId } from './term-fields.tsx';
import fieldStyles from '../../parts/field.module.css';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;
const PREVIEW_PX = 320;
type Asset = EditedCampaign['assets'][number];

/** The registered pictures of a campaign; an uploaded one says at once which copies of it would be found. */
export function AssetFields(props: {
  readonly campaign: EditedCampaign;
  readonly change: (campaign: EditedCampaign) => void;
}) {
  const { campaign, change } = props;
  const [uploaded, setUploaded] = useState<ReadonlyMap<string, UploadedPicture>>(new Map());
  const input = useId();
  const upload = useMutation({
    mutationFn: uploadPicture,
    onSuccess: (picture, file) => {
      setUploaded((before) => new Map(before).set(picture.sha256, picture));
      const { sha256 } = picture;
      const asset = { id: newId(), name: file.name, file: picture.file, sha256 };
      change({ ...campaign, assets: [...campaign.assets, asset] });
    },
  });
  const put = (asset: Asset) =>
    change({ ...campaign, assets: campaign.assets.map((one) => (one.id === asset.id ? asset : one)) });
  return (
    <fieldset className={styles.group}>
      <legend>{TEXTS.assets}</legend>
      {campaign.assets.length > 0 && (
        <AlertOn
          label={TEXTS.alertOnAll}
          chosen={campaign.alertOn}
          inherited={alertGradesOf({})}
          change={(alertOn) => change(withAlertOn(campaign, alertOn))}
        />
      )}
      <ul className={styles.assets}>
        {campaign.assets.map((asset, index) => (
          <li key={asset.id}>
            <img
              src={pictureAddress(asset.sha256, PREVIEW_PX)}
              alt={TEXTS.preview(asset.name ?? asset.id)}
              loading="lazy"
            />
            <TextInput
              aria-label={TEXTS.assetName(index + 1)}
              value={asset.name ?? ''}
              onChange={({ currentTarget }) => put({ ...asset, name: currentTarget.value })}
            />
            <Checkbox
              size="xs"
              label={TEXTS.cleared}
              checked={asset.cleared === true}
              onChange={({ currentTarget }) => put(withCleared(asset, currentTarget.checked))}
            />
            {asset.cleared !== true && (
              <AlertOn
                label={TEXTS.alertOn(index + 1)}
                chosen={asset.alertOn}
                inherited={alertGradesOf(campaign)}
                change={(alertOn) => put(withAlertOn(asset, alertOn))}
              />
            )}
            {asset.cleared === true ? (
              <p className={styles.found}>{TEXTS.clearedHint}</p>
            ) : (
              <Found picture={uploaded.get(asset.sha256)} />
            )}
            <Button
              size="xs"
              variant="default"
              aria-label={TEXTS.removeAsset(index + 1)}
              onClick={() =>
                change({ ...campaign, assets: campaign.assets.filter(({ id }) => id !== asset.id) })
              }
            >
              {TEXTS.remove}
            </Button>
          </li>
        ))}
      </ul>
      <label className={fieldStyles.label} htmlFor={input}>
        {TEXTS.upload}
      </label>
      <input
        id={input}
        type="file"
        accept="image/*"
        disabled={upload.isPending}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file may be chosen again.
          currentTarget.value = '';
          if (file !== undefined) upload.mutate(file);
        }}
      />
      <p role="status" className={styles.note}>
        {upload.isPending && TEXTS.uploading}
      </p>
      <p role="alert" className={styles.problem}>
        {upload.error !== null && describeRefusal(upload.error)}
      </p>
    </fieldset>
  );
}

/** A cleared picture is never reported: in which grade it alerts is no question then. */
function withCleared(asset: Asset, isCleared: boolean): Asset {
  const changed = withAlertOn(asset, undefined);
  if (isCleared) changed.cleared = true;
  else delete changed.cleared;
  return changed;
}

function withAlertOn<T extends { alertOn?: Grade[] | undefined }>(one: T, alertOn: Grade[] | undefined): T {
  const changed = { ...one };
  if (alertOn === undefined) delete changed.alertOn;
  else changed.alertOn = alertOn;
  return changed;
}

/** Which altered copies of an uploaded picture are found, and what is not. */
function Found({ picture }: { readonly picture: UploadedPicture | undefined }) {
  if (picture === undefined) return null;
  const names = (found: boolean) =>
    picture.copies.filter((copy) => copy.found === found).map(({ kind }) => TEXTS.copies[kind] ?? kind);
  return (
    <div className={styles.found}>
      <p>{TEXTS.found(names(true))}</p>
      {names(false).length > 0 && <p>{TEXTS.notFound(names(false))}</p>}
      {picture.warnings.map((warning) => (
        <p key={warning}>{warning}</p>
      ))}
    </div>
  );
}
